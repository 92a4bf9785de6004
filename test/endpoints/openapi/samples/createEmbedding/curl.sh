curl https://api.routescope.ai/v1/embeddings \
  -H "Authorization: Bearer $ROUTESCOPE_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{"model": "text-embedding-3-small", "input": ["Hello", "Goodbye"]}'
