import type { ComponentType } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useConnection } from "./api/connection";
import { parseRoute, type Route } from "./lib/route";
import { AlertsPage } from "./pages/alerts/alerts-page";
import { DashboardPage } from "./pages/dashboard/dashboard-page";
import { DashboardsPage } from "./pages/dashboards/dashboards-page";
import { OverviewPage } from "./pages/overview/overview-page";
import { ProgramsPage } from "./pages/programs/programs-page";
import { RunbookPage } from "./pages/runbook/runbook-page";
import { TargetsPage } from "./pages/targets/targets-page";
import { Header } from "./ui/header";
import { Help } from "./ui/help";
import { useKeys } from "./ui/keys";
import { Empty } from "./ui/states";
import { useTheme } from "./ui/theme";

export interface PageProps {
  name: string;
  params: URLSearchParams;
  dark: boolean;
}

const PAGES: Record<string, ComponentType<PageProps>> = {
  "": OverviewPage,
  dashboards: DashboardsPage,
  targets: TargetsPage,
  alerts: AlertsPage,
  runbooks: RunbookPage,
  programs: ProgramsPage,
};
const TITLES: Record<string, string> = {
  "": "Overview",
  dashboards: "Dashboards",
  targets: "Targets",
  alerts: "Alerts",
  runbooks: "Runbook",
  programs: "Programs",
};

function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const changed = () => setRoute(parseRoute(location.hash));
    window.addEventListener("hashchange", changed);
    return () => window.removeEventListener("hashchange", changed);
  }, []);
  return route;
}

export function App() {
  const route = useRoute();
  const { theme, dark, turn } = useTheme();
  const [helping, setHelping] = useState(false);
  const openHelp = useCallback(() => setHelping(true), []);
  const closeHelp = useCallback(() => setHelping(false), []);
  const main = useRef<HTMLElement>(null);
  useKeys(openHelp);

  const place = `${route.page}/${route.name}`;
  const title = TITLES[route.page] ?? "Not found";
  useEffect(() => {
    document.title = `${place.slice(place.indexOf("/") + 1) || title} – Vedette`;
    main.current?.scrollTo?.(0, 0);
  }, [place, title]);

  const Page = pageOf(route);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Header
        page={route.page}
        theme={theme}
        onTheme={turn}
        onHelp={openHelp}
        {...useConnection()}
      />
      <main ref={main} tabIndex={-1}>
        {Page ? (
          <Page key={place} name={route.name} params={route.params} dark={dark} />
        ) : (
          <Empty title={`There is no page “${route.page}”`}>
            <a href="#/">To the overview</a>
          </Empty>
        )}
      </main>
      <Help open={helping} onClose={closeHelp} />
    </>
  );
}

function pageOf(route: Route): ComponentType<PageProps> | undefined {
  if (route.page === "dashboards" && route.name) return DashboardPage;
  return Object.hasOwn(PAGES, route.page) ? PAGES[route.page] : undefined;
}
