short-best-hopes = { $nme }, what do you hope for?
    .again = What do you hope for after { $hopes ->
        [one] one day
       *[other] some days
    }?
