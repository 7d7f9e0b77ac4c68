"""What to do about each alert, in Markdown."""

MEMORY = """\
## What it means
The GPU's memory is nearly taken. The next larger batch or longer prompt ends in an
out-of-memory error, which ends the program that asked for it, and sometimes its neighbours.

## How to look
- Dashboard *GPU*, *Memory by program*: who holds it?
- `nvidia-smi` names the processes; a process without a program that you know was left behind.
- In PyTorch: `torch.cuda.memory_summary()` tells what is used and what is only kept.

## What to do
1. End what was left behind.
2. Make batches smaller, contexts shorter, or load fewer models; use a smaller data type.
3. A server that reserves memory on purpose (vLLM's `gpu_memory_utilization`) is well at 90 %:
   raise `gpu_memory_high_percent` and `gpu_memory_critical_percent` in `vedette.yaml`.
"""

IDLE = """\
## What it means
A program keeps the GPU's memory and has not computed anything for half an hour. Nobody else can
use what is paid for.

## How to look
- Dashboard *GPU*, *Memory by program*: who holds it?
- A notebook that is open, a training run that waits for data, a server without visitors?

## What to do
1. Ask its owner, and end it; a notebook gives memory back when its kernel is shut down.
2. If training waits, look at dashboard *Training*: it may have stalled.
3. If a server is meant to wait, raise `gpu_idle_memory_percent` in `vedette.yaml`.
"""

HEAT = """\
## What it means
A few degrees more and the GPU slows down to protect itself; still more and it switches off.

## How to look
- Dashboard *GPU*, *Temperature* and *Power*: one GPU, or all of the machine?
- `nvidia-smi -q -d TEMPERATURE`: its own limits, and the speed of its fans.

## What to do
1. Look after the room and the air: filters, fans, a neighbour that blows hot air.
2. Lower the power limit until then: `nvidia-smi -i <gpu> -pl <watts>`.
3. If one GPU alone is hot at the same work, have its cooler looked at.
"""

THROTTLED = """\
## What it means
The clocks are held down. `power_cap` is normal under full load; `sw_thermal` and `hw_thermal`
are heat; `hw_slowdown` and `power_brake` are a fault of power supply or cooling.

## How to look
- Dashboard *GPU*: *Clocks held down*, *Temperature*, *Power*.
- `nvidia-smi -q -d PERFORMANCE,POWER`: every reason, and the limits.

## What to do
1. Heat: see to the cooling.
2. `power_brake`, or `hw_slowdown` in a cool GPU: see to the power supply and its cables.
3. `power_cap` for hours: raise the limit with `nvidia-smi -pl` if cooling allows it, or live
   with it.
"""

LOST = """\
## What it means
The driver cannot reach the GPU any more, or does not list it: it has fallen off the bus. What
ran on it has failed or hangs.

## How to look
- `nvidia-smi`: which one is missing, or answers with an error?
- `dmesg | grep -i -e nvrm -e xid`: XID 79 says that it fell off the bus, and what came before.

## What to do
1. Move the work to other GPUs.
2. Reset it (`nvidia-smi --gpu-reset -i <gpu>`), or restart the machine.
3. If it comes back and is lost again: cables, power supply, slot, then its maker.
"""

MONITOR_DOWN = """\
## What it means
The driver answered before and does not any more: it is being updated, was unloaded, or hangs.
Alerts on GPUs are blind meanwhile.

## How to look
- The label `reason` of `gpu_monitor_up`; `vedette logs <module> --grep GPU`.
- `nvidia-smi`: does it answer, and within seconds?

## What to do
1. After an update of the driver: restart the machine, for library and module must match.
2. If it hangs, look for a lost GPU in `dmesg`.
3. If the GPU was taken out on purpose, this ends by itself within an hour.
"""

MEMORY_ERRORS = """\
## What it means
The GPU found errors in its memory that it could not correct, or has no spare rows left. Results
that were computed from it are wrong, or the program was ended.

## How to look
- `nvidia-smi -q -d ECC,ROW_REMAPPER`: how many, and is a replacement waiting for a reset?
- Dashboard *GPU*, *Errors*: one event, or more and more?

## What to do
1. Discard what was computed since; go back to the last checkpoint.
2. Take work off the GPU and reset it (`nvidia-smi --gpu-reset -i <gpu>`), so that bad rows are
   replaced.
3. If errors go on, or no row is left, have the GPU replaced.
"""

XID = """\
## What it means
The driver reported an error by its number. 48, 92 and 95 are memory, 74 the links between GPUs,
79 the bus, 62, 119 and 120 the GPU's own processor, 46 a GPU that stopped working.

## How to look
- `dmesg | grep -i xid`: the sentence behind the number, and the process that was hit.
- NVIDIA's catalogue of XIDs says what each number asks for.

## What to do
1. Restart the program that was hit.
2. Reset the GPU (`nvidia-smi --gpu-reset -i <gpu>`) after 46, 48, 62, 64, 74, 92, 95, 119, 120.
3. Restart the machine after 79; if the same GPU reports again, have it replaced.
"""

BUS = """\
## What it means
Packets between machine and GPU are damaged and sent again: transfers become slower, and the GPU
may be lost soon.

## How to look
- `nvidia-smi -q -i <gpu> | grep -A4 -i 'replay'`: does the number go on rising?
- `lspci -vv -s <address> | grep -i -e lnksta -e err`: is the link slower than it should be?

## What to do
1. Plug the card, its riser and cables in anew.
2. Try another slot; update the firmware of the board.
3. If the errors move along with the card, have it replaced.
"""
