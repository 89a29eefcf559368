short-best-hopes = Considering your individual circumstances, which particular improvements would you personally prioritise over the forthcoming period?
    .again = What would you like to have more of in your life if you could have a bit more of it and it was up to you and you had the time?
    .idea = Sleep.
# consent
short-consent = Considering your individual circumstances, which particular improvements would you personally prioritise over the forthcoming period?
