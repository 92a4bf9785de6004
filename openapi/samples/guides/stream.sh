curl --no-buffer https://api.routescope.ai/v1/chat/completions \
  -H "Authorization: Bearer $ROUTESCOPE_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "gpt-5.4",
    "messages": [{ "role": "user", "content": "Introduce Routescope API in one sentence." }],
    "stream": true
  }'
