// Promises: before the integration tests, a throw-away PostgreSQL with a migrated template for each file to clone.
import pg from 'pg';
import { migrate } from '../../prisma/src/migrate.ts';
import { throwAwayCluster } from './throw-away.mjs';

const TEMPLATE = 'reeve_template';

export default async function setup({ provide }) {
  const cluster = await throwAwayCluster();
  try {
    const admin = new pg.Client({ connectionString: cluster.url });
    await admin.connect();
    await admin.query(`create database ${TEMPLATE}`);
    await admin.end();
    const template = new URL(cluster.url);
    template.pathname = `/${TEMPLATE}`;
    await migrate(template.href);
  } catch (error) {
    await cluster.remove();
    throw error;
  }
  provide('postgresUrl', cluster.url);
  provide('templateDatabase', TEMPLATE);
  return cluster.remove;
}
