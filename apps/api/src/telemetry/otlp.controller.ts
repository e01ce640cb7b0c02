/** Where exporters send: OTLP's own addresses, and the one that Langfuse's SDKs call. */
import { Injectable } from '@nestjs/common';
import type { SignalName } from '@reeve/telemetry';
import { exporterKeyOf } from '../auth/exporter-key.js';
import type { AgentController, AgentRoute } from '../entrance/agent-route.js';
import { otlpAnswer, otlpBody, type OtlpBody } from './otlp-wire.js';
import { Receiver } from './receiver.service.js';

const SUMMARIES: Readonly<Record<SignalName, string>> = {
  traces: 'OTLP/HTTP: spans, durable when answered; what is not taken is named as partial success.',
  metrics: 'OTLP/HTTP: read and counted, and nothing of them kept.',
  logs: 'OTLP/HTTP: read and counted, and nothing of them kept.',
};

const route = (receiver: Receiver, signal: SignalName, path: AgentRoute['path']): AgentRoute => ({
  method: 'POST',
  path,
  summary: SUMMARIES[signal],
  scope: 'telemetry',
  credential: exporterKeyOf,
  body: otlpBody,
  answer: otlpAnswer(signal),
  handle: (caller, { body }) => receiver.receive(caller, signal, body as OtlpBody),
});

@Injectable()
export class TracesController implements AgentController {
  readonly prefix = '/v1/traces';
  readonly routes: readonly AgentRoute[];

  constructor(receiver: Receiver) {
    this.routes = [route(receiver, 'traces', '')];
  }
}

@Injectable()
export class MetricsInController implements AgentController {
  readonly prefix = '/v1/metrics';
  readonly routes: readonly AgentRoute[];

  constructor(receiver: Receiver) {
    this.routes = [route(receiver, 'metrics', '')];
  }
}

@Injectable()
export class LogsController implements AgentController {
  readonly prefix = '/v1/logs';
  readonly routes: readonly AgentRoute[];

  constructor(receiver: Receiver) {
    this.routes = [route(receiver, 'logs', '')];
  }
}

@Injectable()
export class LangfuseOtlpController implements AgentController {
  readonly prefix = '/api/public/otel';
  readonly routes: readonly AgentRoute[];

  constructor(receiver: Receiver) {
    this.routes = [route(receiver, 'traces', '/v1/traces')];
  }
}
