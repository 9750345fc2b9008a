/** A rectangle in the browser's window, in px. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export const isEmpty = ({ left, top, right, bottom }: Box) => right <= left || bottom <= top

/** Returns the common area of two boxes, which may be empty. */
export function intersection(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  }
}

/** Returns whether `outer` contains `inner`, except for `tolerance` px. */
export function holds(outer: Box, inner: Box, tolerance: number): boolean {
  return (
    inner.left >= outer.left - tolerance &&
    inner.top >= outer.top - tolerance &&
    inner.right <= outer.right + tolerance &&
    inner.bottom <= outer.bottom + tolerance
  )
}

export function centreOf({ left, top, right, bottom }: Box): [x: number, y: number] {
  return [(left + right) / 2, (top + bottom) / 2]
}
