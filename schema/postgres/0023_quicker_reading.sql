-- Of schema/migrations/0023_quicker_reading.sql there is nothing to do: PostgreSQL joins these views its own way.

COMMENT ON VIEW current_observation IS 'the newest number of each cell, in the words of its release';
COMMENT ON VIEW observation_history IS 'every number there was, and from when to when it was the newest';
