/** The session: who is signed in and what they may do where. The same ability function guards the API's door. */
import {
  abilityFor,
  abilityOnPlatform,
  PLATFORM_SLUG,
  type AdminAbility,
  type AdminAction,
  type AdminResource,
} from '@reeve/policy/roles';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { graphql } from '../gql/generated/index.js';
import type { SessionQuery } from '../gql/generated/graphql.js';
import { query } from './http.js';
import { noteSession } from './session-ended.js';

const SESSION = graphql(`
  query Session {
    session {
      serverTime
      environment
      member {
        id
        email
        name
        platformAdmin
        totpEnabled
        recoveryCodes
      }
      tenants {
        roles
        memberId
        tenant {
          id
          slug
          name
          environment
          twoPersonLift
          version
        }
      }
    }
  }
`);

export type Session = SessionQuery['session'];
export const ALL = '_all';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const { session } = await query(SESSION, {}, signal);
    noteSession();
    return session;
  },
  staleTime: 60_000,
});

export const useSession = (): Session => useSuspenseQuery(sessionQuery).data;

/** The tenants that a scope means. */
export const slugsIn = ({ tenants }: Session, scope: string): string[] =>
  scope === ALL ? tenants.map(({ tenant }) => tenant.slug) : [scope];

export function abilityIn(session: Session, scope: string): AdminAbility {
  if (scope === PLATFORM_SLUG) return abilityOnPlatform(session.member);
  const roles =
    scope === ALL
      ? [...new Set(session.tenants.flatMap((t) => t.roles))]
      : (session.tenants.find((t) => t.tenant.slug === scope)?.roles ?? []);
  return abilityFor({ platformAdmin: session.member.platformAdmin, roles });
}

export const useAbility = (scope: string): AdminAbility => abilityIn(useSession(), scope);
export const useMay = (scope: string, action: AdminAction, resource: AdminResource): boolean =>
  useAbility(scope).can(action, resource);
