import { usePoll } from "../../api/poll";
import { askDashboards } from "../../api/questions";
import { tagged, target } from "../../lib/links";
import type { DashboardLink } from "../../lib/types";

interface Props {
  links: DashboardLink[];
  params: URLSearchParams;
}

/** Where to look next: dashboards keep the range and the choices, pages elsewhere open anew. */
export function Links({ links, params }: Props) {
  if (links.length === 0) return null;
  return (
    <nav class="links" aria-label="Links">
      {links.map((link) =>
        link.url ? (
          <Page key={link.title + link.url} link={link} params={params} />
        ) : (
          <Tagged key={link.title + link.tags} link={link} params={params} />
        ),
      )}
    </nav>
  );
}

function Page({ link, params }: { link: DashboardLink; params: URLSearchParams }) {
  const place = target(link.url, params);
  if (place === null) return null;
  const outside = place.startsWith("#") ? {} : { target: "_blank", rel: "noreferrer" };
  return (
    <a class="field link" href={place} {...outside}>
      {link.title || link.url}
    </a>
  );
}

function Tagged({ link, params }: { link: DashboardLink; params: URLSearchParams }) {
  const { data } = usePoll(askDashboards, 0, true);
  const found = tagged(data?.dashboards ?? [], link.tags);
  if (found.length === 0) return null;
  return (
    <details class="menu">
      <summary class="field">{link.title || link.tags.join(", ")}</summary>
      <div class="menu-list">
        {found.map((one) => (
          <a key={one.uid} href={target(`/d/${encodeURIComponent(one.uid)}`, params) ?? ""}>
            {one.title}
          </a>
        ))}
      </div>
    </details>
  );
}
