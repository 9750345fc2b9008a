/**
 * Rewrites lengths that depend on the phone: 750 rpx (a unit of WXSS) are the width of its screen, vw
 * and vh refer to its screen instead of the browser's window, and rem to the page's root font size.
 * The screen is the CSS container of cqw and cqh; each page sets the custom property.
 */
export function toScreenUnits(css: string): string {
  return css.replace(
    /(?<![\w#.-])(-?(?:\d+\.?\d*|\.\d+))(rpx|vw|vh|rem)\b/g,
    (_, number: string, unit: string) => {
      if (unit === 'rem') return `calc(${number} * var(--root-font-size))`
      if (unit === 'vh') return `${number}cqh`
      return `${unit === 'rpx' ? Number((Number(number) / 7.5).toFixed(4)) : number}cqw`
    },
  )
}
