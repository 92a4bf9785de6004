curl https://api.routescope.ai/v1/models \
  -H "Authorization: Bearer $ROUTESCOPE_API_KEY"
