-- What a village has filed in a month is counted.

create index request_filed on request (village, filed_at);
