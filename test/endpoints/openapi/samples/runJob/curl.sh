curl https://api.routescope.ai/v1/jobs \
  -H "Authorization: Bearer $ROUTESCOPE_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{"name": "nightly"}'
