/* A driver's library with recorded answers: tries the real binding, its types and structures.
   One GPU; what is missing here is missing in the driver. Layouts are those of nvml.h. */

#include <stdio.h>
#include <stdint.h>
#include <string.h>

#define OK 0
#define NOT_SUPPORTED 3
#define INSUFFICIENT_SIZE 7
#define TIMEOUT 10

typedef struct { unsigned gpu, memory; } Utilization;
typedef struct { unsigned long long total, free, used; } Memory;
typedef struct { unsigned version; unsigned long long total, reserved, free, used; } MemoryV2;
typedef struct { unsigned version, sensor; int temperature; } Temperature;
typedef struct { unsigned pid; unsigned long long used; unsigned gpu_instance, compute; } Process;
typedef struct {
    unsigned field, scope;
    long long timestamp, latency;
    int type, answer;
    union { double d; unsigned ui; unsigned long long ull; } value;
} Field;
typedef struct { void *device; unsigned long long type, data; unsigned gpu, compute; } Event;
typedef struct { unsigned id, answer; double value; char *texts[3]; } GpmMetric;
typedef struct { unsigned version, count; void *before, *after; GpmMetric metrics[]; } GpmQuestion;
typedef struct { unsigned version, supported; } GpmSupport;

static int card, events = 2, samples;

int nvmlInitWithFlags(unsigned flags) { return flags; }
int nvmlShutdown(void) { return OK; }
const char *nvmlErrorString(int code) { return code ? "an error" : "fine"; }
int nvmlDeviceGetCount_v2(unsigned *count) { *count = 1; return OK; }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device) { *device = &card; return index; }
int nvmlDeviceGetIndex(void *device, unsigned *index) { *index = device != &card; return OK; }
int nvmlDeviceGetUUID(void *device, char *text, unsigned size) {
    return device != &card || snprintf(text, size, "GPU-recorded") < 0;
}
int nvmlDeviceGetName(void *device, char *text, unsigned size) {
    return device != &card || snprintf(text, size, "Recorded GPU") < 0;
}
int nvmlSystemGetDriverVersion(char *text, unsigned size) {
    return snprintf(text, size, "580.1") < 0;
}
int nvmlSystemGetProcessName(unsigned pid, char *text, unsigned size) {
    return snprintf(text, size, "/opt/trainer%u", pid % 10) < 0;
}
int nvmlDeviceGetMigMode(void *device, unsigned *now, unsigned *next) { return NOT_SUPPORTED; }
int nvmlDeviceGetMemoryInfo_v2(void *device, MemoryV2 *memory) {
    if (memory->version != (sizeof(MemoryV2) | 2 << 24)) return 25;
    memory->total = 100, memory->reserved = 5, memory->free = 55, memory->used = 40;
    return OK;
}
int nvmlDeviceGetUtilizationRates(void *device, Utilization *rates) {
    rates->gpu = 75, rates->memory = 25;
    return OK;
}
int nvmlDeviceGetTemperatureV(void *device, Temperature *answer) {
    answer->temperature = 55;
    return answer->version == (sizeof(Temperature) | 1 << 24) ? OK : 25;
}
int nvmlDeviceGetFieldValues(void *device, int count, Field *fields) {
    fields[0].answer = fields[0].field == 82 ? OK : NOT_SUPPORTED;
    fields[0].value.ui = 66;
    return OK;
}
int nvmlDeviceGetTotalEnergyConsumption(void *device, unsigned long long *energy) {
    *energy = 1ULL << 40;
    return OK;
}
int nvmlDeviceGetPowerUsage(void *device, unsigned *power) { *power = 250500; return OK; }
int nvmlDeviceGetClockInfo(void *device, int clock, unsigned *speed) {
    *speed = 1000 + clock;
    return clock == 3 ? NOT_SUPPORTED : OK;
}
int nvmlDeviceGetMaxClockInfo(void *device, int clock, unsigned *speed) { *speed = 2000; return OK; }
int nvmlDeviceGetCurrentClocksEventReasons(void *device, unsigned long long *reasons) {
    *reasons = 0x20;
    return OK;
}
int nvmlDeviceGetTotalEccErrors(void *device, int kind, int counter, unsigned long long *count) {
    *count = kind ? 2 : 7;
    return OK;
}
int nvmlDeviceGetRemappedRows(
    void *device, unsigned *corrected, unsigned *uncorrected, unsigned *pending, unsigned *failed
) {
    *corrected = 1, *uncorrected = 2, *pending = 1, *failed = 0;
    return OK;
}
int nvmlDeviceGetPcieReplayCounter(void *device, unsigned *count) { *count = 3; return OK; }
int nvmlDeviceGetComputeRunningProcesses_v3(void *device, unsigned *count, Process *processes) {
    if (!processes) return *count = 2, INSUFFICIENT_SIZE;
    *count = 2;
    processes[0] = (Process){.pid = 2000000001, .used = 30};
    processes[1] = (Process){.pid = 2000000002, .used = ~0ULL};
    return OK;
}
int nvmlEventSetCreate(void **set) { *set = &events; return OK; }
int nvmlDeviceRegisterEvents(void *device, unsigned long long kinds, void *set) {
    return kinds != 8 || set != &events;
}
int nvmlEventSetWait_v2(void *set, Event *event, unsigned timeout) {
    if (events == 0) return TIMEOUT;
    events--;
    *event = (Event){.device = &card, .type = 8, .data = 79};
    return OK;
}
int nvmlGpmQueryDeviceSupport(void *device, GpmSupport *support) {
    support->supported = 1;
    return support->version == 1 ? OK : 25;
}
int nvmlGpmSampleAlloc(void **sample) { *sample = (char *)&samples + samples; samples++; return OK; }
int nvmlGpmSampleGet(void *device, void *sample) { return sample == NULL; }
int nvmlGpmMetricsGet(GpmQuestion *question) {
    if (question->before == question->after || samples != 2) return 2;
    for (unsigned at = 0; at < question->count; at++)
        question->metrics[at].value = 10.0 * question->metrics[at].id;
    question->metrics[2].answer = NOT_SUPPORTED;
    return OK;
}
