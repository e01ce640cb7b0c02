/** Places: where each kind of thing is looked at, by the page that shows it. */
import type { SearchKind } from '../shared/gql/generated/graphql.js';
import { DESTINATIONS, type Destination, type InView, type Listed } from './destinations.js';

type Shown = Listed extends infer One ? (One extends { readonly shows: infer S } ? keyof S : never) : never;

/** A kind that no page shows does not compile. */
const PLACES: { readonly [kind in SearchKind]: Place } = Object.fromEntries(
  DESTINATIONS.flatMap(({ to, shows = {} }) =>
    Object.entries(shows).map(([kind, inView]): [string, Place] => [kind, { to, inView }]),
  ),
) as { readonly [kind in Shown]: Place };

interface Place {
  readonly to: Destination['to'];
  readonly inView: InView;
}

/** The page that shows a thing, with it in view. */
export function placeOf(scope: string, { kind, id }: { readonly kind: SearchKind; readonly id: string }) {
  const { to, inView } = PLACES[kind];
  return { to, params: { scope }, search: inView(id) };
}
