-- Keeps the number of the next migration; what belongs here comes with the work on releases in any order.
SELECT 1;
