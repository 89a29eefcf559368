short-best-hopes = What do you hope for?
    .agian = What do you want?
    .idea = Sleep.
    .choice-yes = Yes
short-best-hope = What would be better?
common-skipp = Skip
