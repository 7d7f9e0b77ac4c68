import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/parts.css";
import "./styles/overview.css";
import "./styles/dashboard.css";
import "./styles/charts.css";
import "./styles/heatmap.css";
import "./styles/text.css";
import { App } from "./app";

const root = document.getElementById("root");
if (root) render(<App />, root);
