import { markPicture } from '../engine/aria'
import { type BuiltIn, type BuiltInDefinition, hostOf } from '../engine/glass-easel'

interface Drawing {
  color: string
  /** a path in a box of 24 × 24, filled by the even-odd rule */
  path: string
}

const DISC = 'M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z'

const DRAWINGS: Record<string, Drawing> = {
  success: { color: '#07c160', path: `${DISC}M7 11.5l3.6 3.6l6.6-6.6l1.2 1.2l-7.8 7.8l-4.8-4.8z` },
  success_no_circle: { color: '#07c160', path: 'M4 12l6 6l11-11l1.4 1.4l-12.4 12.4l-7.4-7.4z' },
  info: { color: '#10aeff', path: `${DISC}M11 10h2v7h-2zM11 7h2v2h-2z` },
  warn: { color: '#f76260', path: `${DISC}M11 6h2v8h-2zM11 16h2v2h-2z` },
  waiting: { color: '#10aeff', path: `${DISC}M11 6h2v6l4 2.5l-1 1.6l-5-3.1z` },
  cancel: {
    color: '#f43530',
    path: `${DISC}M8 6.6l4 4l4-4l1.4 1.4l-4 4l4 4l-1.4 1.4l-4-4l-4 4l-1.4-1.4l4-4l-4-4z`,
  },
}

/** Draws the icon as a CSS mask, so that it can have any colour. */
export const icon: BuiltInDefinition = {
  properties: {
    type: { type: String, value: 'success' },
    /** px */
    size: { type: Number, value: 23 },
    color: String,
  },
  created() {
    markPicture(hostOf(this))
    draw(this)
  },
  observers: {
    'type, size, color'() {
      draw(this)
    },
  },
}

function draw(component: BuiltIn): void {
  const { type, size, color } = component.data as { type: string; size: number; color: string }
  const drawing = DRAWINGS[type]
  if (!drawing) {
    console.error(`<icon> of the simulator's phone has no type "${type}"`)
    return
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill-rule="evenodd" d="${drawing.path}"/></svg>`
  const { style } = hostOf(component)
  style.width = `${size}px`
  style.height = `${size}px`
  style.backgroundColor = color || drawing.color
  style.maskImage = `url("data:image/svg+xml,${encodeURIComponent(svg)}")`
}
