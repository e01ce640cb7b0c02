-- What an agent's key may ask a second, in each process; null is no limit of its own.
ALTER TABLE "api_key"
  ADD COLUMN "requests_per_second" INTEGER CHECK ("requests_per_second" > 0),
  ADD COLUMN "questions_per_second" INTEGER CHECK ("questions_per_second" > 0);
