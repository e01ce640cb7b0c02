/** Conditions on a PDP's metadata. */
import type { Discovery } from './modules.js';

/** null: as it should be. */
export async function discoveryProblem(
  pdp: string,
  path: string,
  want: Discovery['want'],
): Promise<string | null> {
  const answer = await fetch(pdp + path);
  if (!want.status.includes(answer.status)) return `answered ${answer.status}`;
  const type = answer.headers.get('content-type') ?? '';
  if (want.contentType !== undefined && type.split(';')[0] !== want.contentType) return `is of type ${type}`;
  const metadata = (await answer.json()) as Record<string, unknown>;
  const identifier = metadata['policy_decision_point'];
  if (want.identifier !== undefined && identifier !== want.identifier.replace('{pdp}', pdp))
    return `policy_decision_point is ${String(identifier)}`;
  if (want.noneEmpty === true) {
    const empty = Object.entries(metadata).find(
      ([, value]) => value === null || value === '' || isEmptyList(value),
    );
    if (empty !== undefined) return `${empty[0]} is empty`;
  }
  const capabilities = metadata['capabilities'] ?? [];
  if (want.capabilities === true && !isTexts(capabilities)) return 'capabilities are no list of strings';
  const endpoints = Object.entries(metadata).filter(([name]) => name.endsWith('_endpoint'));
  if (want.endpoints !== undefined) {
    const other = endpoints.find(([, url]) => !new URL(String(url)).pathname.includes(want.endpoints!));
    if (other !== undefined || endpoints.length === 0)
      return `no ${want.endpoints} in ${other?.[0] ?? 'any endpoint'}`;
  }
  return want.signed === true ? signedProblem(metadata) : null;
}

function signedProblem({ signed_metadata: jwt, ...plain }: Record<string, unknown>): string | null {
  if (typeof jwt !== 'string') return 'there is no signed_metadata';
  const [header, claims, signature] = jwt.split('.');
  const { alg } = decoded(header);
  if (typeof alg !== 'string' || alg.toLowerCase() === 'none' || !signature)
    return `is signed by ${String(alg)}`;
  const { iss, iat, exp, nbf, ...signed } = decoded(claims);
  const now = Date.now() / 1000;
  if (iss !== plain['policy_decision_point']) return `iss is ${String(iss)}`;
  if (iat !== undefined && Number(iat) > now + CLOCK_SECONDS) return 'iat is to come';
  if (nbf !== undefined && Number(nbf) > now + CLOCK_SECONDS) return 'nbf is to come';
  if (exp !== undefined && Number(exp) < now) return 'exp is past';
  if ('signed_metadata' in signed) return 'signed_metadata is nested';
  return JSON.stringify(signed) === JSON.stringify(plain) ? null : 'what is signed differs from what is not';
}

/** Two clocks differ. */
const CLOCK_SECONDS = 60;

const decoded = (part: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>;
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
