/** Red, green and blue from 0 to 255, alpha from 0 to 1. */
export interface Colour {
  rgb: [number, number, number]
  alpha: number
}

/**
 * Parses a computed colour: `rgb(…)`, `rgba(…)` or `color(srgb …)`.
 * @throws Error for a colour of another colour space
 */
export function parseColour(text: string): Colour {
  const [, space, list] = /^(rgba?|color)\((.*)\)$/.exec(text) ?? []
  const numbers = list?.match(/(?<![a-z])[\d.]+(e-\d+)?/g)?.map(Number) ?? []
  const [r, g, b, alpha = 1] = numbers
  const known = space !== 'color' || list?.startsWith('srgb ')
  if (!known || r === undefined || g === undefined || b === undefined) {
    throw new Error(`${text} is a colour that this check cannot read`)
  }
  const unit = space === 'color' ? 255 : 1
  return { rgb: [r * unit, g * unit, b * unit], alpha }
}

/** Returns the colour of `top` painted over an opaque colour. */
export function over(top: Colour, below: Colour): Colour {
  const mixed = top.rgb.map((value, index) => {
    return value * top.alpha + below.rgb[index]! * (1 - top.alpha)
  })
  return { rgb: mixed as Colour['rgb'], alpha: 1 }
}

/** Returns the contrast ratio of WCAG 2.2, from 1 to 21. */
export function contrastOf(one: Colour, other: Colour): number {
  const [a, b] = [luminanceOf(one), luminanceOf(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** Returns the relative luminance of WCAG 2.2. */
function luminanceOf({ rgb }: Colour): number {
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

export function hexOf({ rgb }: Colour): string {
  return `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`
}
