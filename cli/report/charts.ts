import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ReportRow } from '../../records/report/row.ts';

use([BarChart, GridComponent, LegendComponent, SVGRenderer]);

const WIDTH = 900;
/** Bars in one chart at most: the table below has them all. */
const MOST = 20;
const COLOURS = ['#1f5fa8', '#d98324'];

/**
 * Organizations and natural persons side by side, as an SVG of its own without scripts. What is withheld has no bar.
 * @param upright bars stand, in the order of rows, such as months; else they lie, the largest on top.
 */
export function bars(rows: readonly ReportRow[], upright: boolean): string {
  const shown = upright ? rows : rows.slice(0, MOST).toReversed();
  if (shown.length === 0) return '';
  const height = upright ? 300 : 90 + 34 * shown.length;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    const names = {
      type: 'category' as const,
      data: shown.map(({ name }) => name),
      axisTick: { show: false },
    };
    const numbers = { type: 'value' as const };
    const series = (name: string, data: (number | null)[]) => ({
      type: 'bar' as const,
      name,
      data,
      barMaxWidth: 24,
    });
    chart.setOption({
      animation: false,
      color: COLOURS,
      textStyle: { fontFamily: 'sans-serif' },
      legend: { top: 0 },
      grid: {
        left: 16,
        right: 24,
        top: 40,
        bottom: 8,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      ...(upright ? { xAxis: names, yAxis: numbers } : { xAxis: numbers, yAxis: names }),
      series: [
        series(
          '法人和非法人组织 organizations',
          shown.map(({ organizations }) => organizations),
        ),
        series(
          '自然人 natural persons',
          shown.map(({ persons }) => persons),
        ),
      ],
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
