import json

from vedette.planfile.editors import json_schema


def test_every_key_has_a_description(registry):
    schema = json_schema(registry)
    models = [schema, *schema["$defs"].values()]
    for model in models:
        for key, value in model["properties"].items():
            assert value.get("description") or "$ref" in value, key


def test_it_names_what_is_installed_and_is_plain_json(registry):
    schema = json.loads(json.dumps(json_schema(registry)))
    assert "prometheus" in schema["properties"]["ports"]["propertyNames"]["enum"]
    assert "host_cpu_ratio" in schema["properties"]["thresholds"]["properties"]
    assert schema["additionalProperties"] is False
