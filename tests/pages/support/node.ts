import type { NodeJson, SimulatedNode } from 'miniprogram-simulate'

/** Taps a button, even one that is disabled: a second tap may come before the page is drawn. */
export function press(node: SimulatedNode): void {
  node.dispatchEvent('touchstart')
  node.dispatchEvent('touchend')
}

/** Returns an attribute from the template: most attributes are not in the DOM. */
export function attribute(node: SimulatedNode, name: string): unknown {
  return attributeOf(node.toJSON(), name)
}

/** Returns all text in a node, its parts separated by spaces. */
export function textOf(node: NodeJson | string): string {
  if (typeof node === 'string') return node.trim()
  return node.children.map(textOf).filter(Boolean).join(' ')
}

/** Returns what a screen reader says for each element with this role: its label, or else its text. */
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
