import type { NodeJson, SimulatedNode } from 'miniprogram-simulate'

/** A tap whatever the button looks like: two fingers can be faster than the screen. */
export function press(node: SimulatedNode): void {
  node.dispatchEvent('touchstart')
  node.dispatchEvent('touchend')
}

/** An attribute as the template gave it: most are not on the DOM. */
export function attribute(node: SimulatedNode, name: string): unknown {
  return attributeOf(node.toJSON(), name)
}

/** All text in a node, its parts apart by a space. */
export function textOf(node: NodeJson | string): string {
  if (typeof node === 'string') return node.trim()
  return node.children.map(textOf).filter(Boolean).join(' ')
}

/** What a screen reader says of each thing that has this role: its label, or else its text. */
export function namesOf(node: NodeJson | string, role: string): string[] {
  if (typeof node === 'string') return []
  const within = node.children.flatMap((child) => namesOf(child, role))
  if (attributeOf(node, 'ariaRole') !== role) return within
  const label = attributeOf(node, 'ariaLabel')
  return [typeof label === 'string' ? label : textOf(node), ...within]
}

function attributeOf(node: NodeJson, name: string): unknown {
  return node.attrs.find((attr) => attr.name === name)?.value
}
