curl https://api.routescope.ai/v1/files/file-1/content \
  -H "Authorization: Bearer $ROUTESCOPE_API_KEY" | wc -c
