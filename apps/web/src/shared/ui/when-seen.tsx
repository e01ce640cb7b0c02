/** What lies beneath the first screen comes when somebody gets there: nothing is loaded or counted for nobody. */
import { useEffect, useRef, useState, type ReactNode } from 'react';

/** Not for the edge of it that the first screen shows. */
const FAR_ENOUGH = '0px 0px -25% 0px';

export function WhenSeen({
  children,
  className,
}: {
  readonly children: ReactNode;
  /** Of the place it has until then: as tall as what will be there. */
  readonly className: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (place.current === null) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
      rootMargin: FAR_ENOUGH,
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return seen ? children : <div ref={place} className={className} />;
}
