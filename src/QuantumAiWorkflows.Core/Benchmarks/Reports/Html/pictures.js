/* One function per picture: from the data that Pictures/*.cs wrote to an option of ECharts. */

pictures.quality = ({ boxes }) => {
  const names = boxes.map((box) => box.entrant);
  const scale = gapScale(boxes.flatMap((box) => [...box.box, ...box.dots]));
  return {
    option: frame({
      xAxis: solverAxis(names),
      yAxis: axis({ ...scale.axis, nameGap: 48 }),
      grid: { left: 74, right: 20, top: 16, bottom: names.length > 6 ? 90 : 50 },
      tooltip: { trigger: "item" },
      series: [
        {
          type: "boxplot",
          data: boxes.map((box) => {
            const { color } = lookOf(box.entrant);
            return {
              name: box.entrant,
              value: box.box.map(scale.bend),
              itemStyle: { color: `${color}33`, borderColor: color, borderWidth: 2 },
            };
          }),
          tooltip: {
            formatter: ({ dataIndex }) => {
              const { entrant, box } = boxes[dataIndex];
              return tip(
                entrant,
                `median ${number(box[2])} %`,
                `middle half ${number(box[1])} to ${number(box[3])} %`,
                `whiskers ${number(box[0])} to ${number(box[4])} %`,
              );
            },
          },
        },
        {
          type: "scatter",
          symbolSize: 5,
          data: boxes.flatMap((box, at) =>
            box.dots.map((gap) => ({ value: [at, scale.bend(gap)], itemStyle: { color: lookOf(box.entrant).color } })),
          ),
          tooltip: { formatter: ({ value }) => tip(names[value[0]], `a run at ${number(scale.unbend(value[1]))} %`) },
        },
      ],
    }),
  };
};

pictures.pareto = ({ currency, points, front }) => {
  const scale = gapScale(points.map((point) => point.gap));
  const isLog = points.every((point) => point.cost > 0);
  const place = (cost) => (isLog ? Math.log10(cost) : cost);
  const costs = points.map((point) => place(point.cost));
  const [least, most] = [Math.min(...costs), Math.max(...costs)];
  const room = Math.max((most - least) * 0.15, isLog ? 0.2 : 1e-12);
  const [left, right] = [least - room, most + room];
  const marks = isLog ? { customValues: logMarks(10 ** left, 10 ** right) } : {};
  const gaps = points.map((point) => scale.bend(point.gap));
  const top = Math.max(...gaps, 0) * 1.12 + 0.05;
  // Solvers that use up one budget and find the same answers lie on one spot: the first is drawn larger, names are stacked.
  const isNear = (a, b, share) =>
    Math.abs(costs[a] - costs[b]) < share * (right - left) && Math.abs(gaps[a] - gaps[b]) < (share / 2) * top;
  const beneath = points.map((_, at) => points.filter((_, other) => other > at && isNear(at, other, 0.03)).length);
  const named = points.map((point, at) => (point.named ? at : -1)).filter((at) => at >= 0);
  const stacked = points.map((_, at) => named.filter((other) => other < at && isNear(at, other, 0.15)).length);
  // The front goes on upwards from its cheapest solver and to the right of its best one: what is beyond is beaten.
  const edge = front.map(([cost, gap]) => [place(cost), scale.bend(gap)]);
  if (edge.length > 0) {
    edge.unshift([edge[0][0], top]);
    edge.push([right, edge[edge.length - 1][1]]);
  }
  return {
    option: frame({
      xAxis: axis({
        type: "value",
        min: left,
        max: right,
        name: `cost of a run, ${currency}${isLog ? " (logarithmic)" : ""}`,
        axisLabel: {
          formatter: (value) => number(isLog ? 10 ** value : value),
          showMinLabel: isLog,
          showMaxLabel: isLog,
          ...marks,
        },
        axisTick: marks,
        splitLine: { show: false },
      }),
      yAxis: axis({ ...scale.axis, max: top, nameGap: 48, axisLabel: { ...scale.axis.axisLabel, showMaxLabel: false } }),
      grid: { left: 74, right: 30, top: 24, bottom: 56 },
      tooltip: { trigger: "item" },
      series: [
        {
          name: "Pareto front",
          type: "line",
          step: "end",
          symbol: "none",
          silent: true,
          lineStyle: { color: ink("soft"), type: "dashed", width: 1.5 },
          areaStyle: { color: ink("soft"), opacity: 0.07, origin: "end" },
          data: edge,
        },
        {
          type: "scatter",
          data: points.map((point, at) => {
            const look = lookOf(point.entrant);
            return {
              name: point.entrant,
              value: [place(point.cost), scale.bend(point.gap)],
              label: { show: point.named, offset: [0, -14 * stacked[at]] },
              symbolSize: 14 + 7 * Math.min(3, beneath[at]),
              symbol: look.symbol,
              itemStyle: { color: point.whole ? look.color : "transparent", borderColor: look.color, borderWidth: 2.5 },
            };
          }),
          label: {
            show: true,
            position: "top",
            distance: 7,
            color: ink("ink"),
            formatter: ({ name }) => short(name, 20).replaceAll("{", "("),
          },
          tooltip: {
            formatter: ({ dataIndex }) => {
              const { entrant, cost, gap, whole } = points[dataIndex];
              return tip(entrant, `${number(cost)} ${currency} a run`, `gap ${number(gap)} %`, whole ? "" : "some runs have no answer");
            },
          },
        },
      ],
    }),
  };
};

/** One line per solver; `options` are those of ECharts' series. */
function line(entrant, data, options) {
  const look = lookOf(entrant);
  return {
    name: entrant,
    type: "line",
    data,
    symbol: look.symbol,
    symbolSize: 7,
    color: look.color,
    lineStyle: { color: look.color, width: look.width, type: look.dash },
    itemStyle: { color: look.color },
    emphasis: { focus: "series" },
    ...options,
  };
}

pictures.profiles = ({ lines }) => {
  const most = Math.max(2, ...lines.flatMap(({ points }) => points.map(([ratio]) => ratio)));
  const end = 10 ** (Math.log10(most) * 1.04);
  return {
    option: frame({
      legend: legend(lines.map(({ entrant }) => entrant)),
      xAxis: axis({ type: "log", min: 1, max: end, name: "times the best solver's time to target", axisLabel: { formatter: number, showMaxLabel: false } }),
      yAxis: axis({ type: "value", min: 0, max: 100, name: "instances, %", nameGap: 40 }),
      tooltip: { trigger: "item", formatter: ({ seriesName, value }) => tip(seriesName, `${number(value[1])} % within ${number(value[0])} times the best`) },
      series: lines.map(({ entrant, points }) => {
        const steps = points.map(([ratio, share]) => [Math.max(1, ratio), 100 * share]);
        // The last step holds to the end of the axis.
        if (steps.length > 0) steps.push([end, steps[steps.length - 1][1]]);
        return line(entrant, steps, { step: "end", showSymbol: points.length <= 40 });
      }),
    }),
  };
};

pictures.anytime = ({ lines }) => {
  const scale = gapScale(lines.flatMap(({ points }) => points.map(([, gap]) => gap ?? 0)));
  return {
    option: frame({
      legend: legend(lines.map(({ entrant }) => entrant)),
      xAxis: axis({ type: "log", name: "seconds", axisLabel: { formatter: number } }),
      yAxis: axis({ ...scale.axis, nameGap: 48 }),
      grid: { left: 74, right: 24, top: 44, bottom: 60 },
      tooltip: { trigger: "item", formatter: ({ seriesName, value }) => tip(seriesName, `${number(scale.unbend(value[1]))} % after ${number(value[0])} s`) },
      series: lines.map(({ entrant, points }) =>
        line(
          entrant,
          points.filter(([seconds]) => seconds > 0).map(([seconds, gap]) => [seconds, scale.bend(gap)]),
          { showSymbol: points.length <= 40, symbolSize: 5 },
        ),
      ),
    }),
  };
};

pictures.scaling = ({ unit, curves }, id) => {
  const isTime = id === "scaling-seconds";
  const values = curves.flatMap(({ points, fit }) => [...points.map((point) => point[1]), ...fit.map((point) => point[1])]);
  const scale = gapScale(values);
  const isLog = isTime && values.every((value) => value > 0);
  const place = isTime ? (value) => value : scale.bend;
  const sizes = curves.flatMap(({ points }) => points.map((point) => point[0]));
  const margin = Math.max(1, (Math.max(...sizes) - Math.min(...sizes)) * 0.06);
  return {
    option: frame({
      legend: legend(curves.map(({ entrant }) => entrant)),
      xAxis: axis({
        type: "value",
        min: Math.floor(Math.min(...sizes) - margin),
        max: Math.ceil(Math.max(...sizes) + margin),
        minInterval: 1,
        name: "variables",
        splitLine: { show: false },
      }),
      yAxis: axis(
        isTime
          ? { type: isLog ? "log" : "value", name: `expected time to target, ${unit}`, nameGap: 52, axisLabel: { formatter: number } }
          : { ...scale.axis, nameGap: 48 },
      ),
      grid: { left: 78, right: 24, top: 44, bottom: 56 },
      tooltip: { trigger: "item" },
      series: curves.flatMap(({ entrant, points, fit }) => {
        const look = lookOf(entrant);
        return [
          {
            name: entrant,
            type: "scatter",
            symbol: look.symbol,
            symbolSize: 9,
            color: look.color,
            itemStyle: { color: look.color, opacity: 0.75 },
            data: points.map(([size, value]) => [size, place(value)]),
            tooltip: {
              formatter: ({ dataIndex }) => {
                const [size, value, instance] = points[dataIndex];
                return tip(entrant, `${instance}, ${size} variables`, `${number(value)} ${unit}`);
              },
            },
          },
          line(entrant, fit.map(([size, value]) => [size, place(value)]), { symbol: "none", silent: true }),
        ];
      }),
    }),
  };
};

pictures.spread = ({ spreads }) => {
  const names = spreads.map((spread) => spread.entrant);
  const scale = gapScale(spreads.flatMap((spread) => [...spread.dots, spread.median]));
  // Dots beside each other, not on top of each other: a fixed pattern, the same at every look.
  const aside = (k) => (((k * 0.618) % 1) - 0.5) * 0.5;
  return {
    option: frame({
      xAxis: [solverAxis(names), { type: "value", min: -0.5, max: names.length - 0.5, show: false, splitLine: { show: false } }],
      yAxis: axis({ ...scale.axis, name: scale.axis.name.replace("gap, %", "spread, points"), nameGap: 48 }),
      grid: { left: 74, right: 20, top: 16, bottom: names.length > 6 ? 90 : 50 },
      tooltip: { trigger: "item" },
      series: [
        {
          type: "scatter",
          xAxisIndex: 1,
          symbolSize: 8,
          data: spreads.flatMap((spread, at) =>
            spread.dots.map((value, k) => ({
              value: [at + aside(k), scale.bend(value)],
              itemStyle: { color: lookOf(spread.entrant).color, opacity: 0.6 },
            })),
          ),
          tooltip: { formatter: ({ value }) => tip(names[Math.round(value[0])], `an instance with ${number(scale.unbend(value[1]))} points`) },
        },
        {
          type: "scatter",
          symbol: "rect",
          symbolSize: [44, 4],
          data: spreads.map((spread) => ({ value: scale.bend(spread.median), itemStyle: { color: lookOf(spread.entrant).color } })),
          tooltip: { formatter: ({ dataIndex }) => tip(names[dataIndex], `median ${number(spreads[dataIndex].median)} points`) },
        },
      ],
    }),
  };
};

/** Steps of the colours of the map; -1 stands for "no answer". */
const steps = [
  { max: 0.01, label: "to 0.01 %", light: "#e8f3fb", dark: "#1d3a52" },
  { max: 0.1, label: "to 0.1 %", light: "#b9dcf2", dark: "#23577a" },
  { max: 1, label: "to 1 %", light: "#f7e3a1", dark: "#8a6d1f" },
  { max: 10, label: "to 10 %", light: "#f2a65a", dark: "#c2632a" },
  { max: 100, label: "to 100 %", light: "#d1495b", dark: "#dc4a5c" },
  { max: Infinity, label: "more", light: "#7b1e3a", dark: "#ff8fa3" },
];

pictures.map = ({ entrants, instances, gaps }) => {
  const tone = isDark() ? "dark" : "light";
  const cells = gaps.flatMap((row, y) => row.map((gap, x) => [x, y, gap === null ? -1 : steps.findIndex((step) => gap <= step.max)]));
  const isRoomy = entrants.length <= 14;
  const top = 44;
  const bottom = entrants.length > 6 ? 100 : 40;
  return {
    height: top + bottom + Math.max(120, instances.length * 22),
    option: frame({
      grid: { left: 150, right: 20, top, bottom },
      xAxis: solverAxis(entrants, { splitArea: { show: false } }),
      yAxis: axis({
        type: "category",
        data: instances,
        inverse: true,
        splitLine: { show: false },
        axisLabel: { interval: 0, hideOverlap: false, formatter: (name) => short(name, 20) },
      }),
      visualMap: {
        type: "piecewise",
        orient: "horizontal",
        left: "center",
        top: 0,
        itemGap: 14,
        textStyle: { color: ink("ink") },
        dimension: 2,
        pieces: [
          ...steps.map((step, k) => ({ value: k, label: step.label, color: step[tone] })),
          { value: -1, label: "no answer", color: isDark() ? "#4a5361" : "#c3c9d1" },
        ],
      },
      tooltip: {
        trigger: "item",
        formatter: ({ value: [x, y] }) => tip(instances[y], entrants[x], gaps[y][x] === null ? "no answer" : `gap ${number(gaps[y][x])} %`),
      },
      series: [
        {
          type: "heatmap",
          data: cells,
          itemStyle: { borderColor: ink("card"), borderWidth: 2 },
          label: {
            show: isRoomy,
            fontSize: 11,
            color: "inherit",
            formatter: ({ value: [x, y] }) => number(gaps[y][x]),
          },
        },
      ],
    }),
  };
};

start();
