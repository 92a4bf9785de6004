curl https://api.routescope.ai/v1/chat/completions \
  -H "Authorization: Bearer $ROUTESCOPE_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "qwen3-max",
    "messages": [{"role": "user", "content": "How many primes are below 20?"}],
    "enable_thinking": true
  }'
