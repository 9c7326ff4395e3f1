META
key;value
description;Local PB in Warszawa, Wesoła | Plac Wojska Polskiego
country;Poland
unit;Warszawa
district;Wesoła
subunit;Plac Wojska Polskiego
instance;2017
num_projects;4
num_votes;27
budget;51195
vote_type;approval
rule;greedy
date_begin;14.06.2016
date_end;24.06.2016
min_length;1
max_sum_cost;51195
edition;3
language;pl
currency;PLN
fully_funded;1
PROJECTS
project_id;cost;votes;name;category;beneficiaries;selected
427;15995;16;Akademia Szkraba;education;children,families with children;1
915;5825;14;Plac Wojska Polskiego dla gniazdujących;education,environmental protection;None;1
2567;20000;12;Aktywny senior - gimnastyka;education,sport,health;seniors;1
1623;2900;5;Życzliwość wobec kobiet w ciąży dla mieszkanek Wesołej.;public space,health;adults,people with disabilities;1
VOTES
voter_id;vote
5642;427
7230;2567
8987;915
10533;915
15240;427,915,2567,1623
16498;2567,915
16910;2567,915
22288;427,2567,915
24842;2567
32398;915,1623,2567,427
32998;427
44924;427
47826;2567,1623
48423;915
48974;427
50829;427,2567,1623,915
57441;915,2567,427
57475;915,427
72881;915
79157;427
80175;2567
87967;427,2567,1623,915
88076;427
88639;915
94116;427
103942;427
104255;427
