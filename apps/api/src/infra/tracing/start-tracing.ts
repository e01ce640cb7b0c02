/**
 * Sends Reeve's own spans where OTEL_EXPORTER_OTLP_ENDPOINT says, in batches and beside everything else; what can't be
 * sent is dropped. What its caller's trace keeps is kept; of the rest, a share.
 */
import type { Config } from '../config.js';

/** Called before the first request. Returns what sends the last of it. */
export async function startTracing({ otlp, environment }: Config): Promise<() => Promise<void>> {
  if (otlp === undefined) return () => Promise.resolve();
  const [{ propagation, trace }, { W3CTraceContextPropagator }, { resourceFromAttributes }, sdk, exporter] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/core'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-proto'),
    ]);
  const { BasicTracerProvider, BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler } = sdk;
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': otlp.serviceName,
      'deployment.environment.name': environment,
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(otlp.ratio) }),
    spanProcessors: [new BatchSpanProcessor(new exporter.OTLPTraceExporter({ url: otlp.tracesUrl }))],
  });
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown();
}
