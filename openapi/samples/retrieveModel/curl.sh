curl https://api.routescope.ai/v1/models/gpt-5.4 \
  -H "Authorization: Bearer $ROUTESCOPE_API_KEY"
