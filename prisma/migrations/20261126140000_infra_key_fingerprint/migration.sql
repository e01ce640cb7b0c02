-- Which keys this database was written with. A fingerprint is derived from the key one way (HKDF) and says nothing of it.
CREATE TABLE "key_fingerprint" (
  "name" TEXT PRIMARY KEY,
  "fingerprint" TEXT NOT NULL,
  "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
-- The owner records them at boot; everybody else only looks.
GRANT SELECT ON "key_fingerprint" TO reeve_app, reeve_ledger;
