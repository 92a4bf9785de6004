curl https://api.routescope.ai/v1/chat/completions \
  -H "Authorization: Bearer $ROUTESCOPE_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "gpt-5.4",
    "messages": [{"role": "user", "content": "Who wrote the first program?"}],
    "response_format": {
      "type": "json_schema",
      "json_schema": {
        "name": "person",
        "strict": true,
        "schema": {
          "type": "object",
          "properties": {"name": {"type": "string"}, "born": {"type": "integer"}},
          "required": ["name", "born"],
          "additionalProperties": false
        }
      }
    }
  }'
