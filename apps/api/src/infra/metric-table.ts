/**
 * Every metric of ours that /metrics shows, by the conventions of Prometheus and OpenMetrics: seconds, `_total` for what
 * only grows. Labels have closed lists of values: no tenant, no subject, no key, no name that anybody chose.
 */
export const METRICS = {
  decisions: {
    name: 'reeve_decisions_total',
    help: 'Decisions that were recorded and answered, by effect and by the code of the reason.',
    labelNames: ['effect', 'reason'],
  },
  accounts: {
    name: 'reeve_accounts_total',
    help: 'Reports of what ran that were recorded, or had been.',
    labelNames: [],
  },
  refusals: {
    name: 'reeve_refusals_total',
    help: 'Requests that found no room to wait in: the share of their tenant was used up, or the total.',
    labelNames: ['exhausted'],
  },
  batchSize: {
    name: 'reeve_batch_questions',
    help: 'Questions and reports in a batch that was committed (large ones count as several), by how it was decided: ahead, or under_lock.',
    labelNames: ['decided'],
  },
  batchSeconds: {
    name: 'reeve_batch_duration_seconds',
    help: 'From a batch being begun until it was durable, waiting for locks of heads included.',
    labelNames: ['decided'],
  },
  staleBatches: {
    name: 'reeve_batches_stale_total',
    help: 'Batches decided ahead that wrote nothing, because somebody else had moved a head: decided again under the lock.',
    labelNames: [],
  },
  headWait: {
    name: 'reeve_head_wait_seconds',
    help: 'How long a tenant was put aside because something else held its head.',
    labelNames: [],
  },
  waitingRequests: {
    name: 'reeve_waiting_requests',
    help: 'Requests waiting for a turn, by the class of their tenant: new (no turn yet), in_turn, held (its head is locked).',
    labelNames: ['tenant_class'],
  },
  waitingTenants: {
    name: 'reeve_waiting_tenants',
    help: 'Tenants with something waiting, by the same classes.',
    labelNames: ['tenant_class'],
  },
  undecided: {
    name: 'reeve_undecided_questions',
    help: 'Questions that wait or are pending, larger ones counted as several.',
    labelNames: [],
  },
  postgresUp: {
    name: 'reeve_postgresql_up',
    help: '1 where PostgreSQL answered this scrape, 0 where it did not in time.',
    labelNames: [],
  },
  checkpoints: {
    name: 'reeve_postgresql_checkpoints_total',
    help: 'Checkpoints of PostgreSQL, timed or requested (by a full WAL, or by somebody).',
    labelNames: ['cause'],
  },
  checkpointSeconds: {
    name: 'reeve_postgresql_checkpoint_seconds_total',
    help: 'Time that checkpoints took to write and to sync.',
    labelNames: ['phase'],
  },
} as const;
