import { defineConfig } from 'prisma/config';

// The URL lives here and not in the schema, as Prisma 7 wants it. `generate` needs none.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
});
