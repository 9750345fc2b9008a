import type { Tag } from './wxml-tags'

/** The tags that may precede the first node of a page: they are not nodes. */
const NON_NODES = ['import', 'wxs']

/**
 * Returns each `<page-meta>` that WeChat would ignore: it must be the first node of a page's own
 * template (WeChat's reference of page-meta).
 */
export function findMisplacedPageMeta(tags: Tag[], isPage: boolean) {
  const first = tags.find(({ name }) => !NON_NODES.includes(name))
  return tags
    .filter((tag) => tag.name === 'page-meta' && !(isPage && tag === first))
    .map(({ offset }) => ({ offset, text: '<page-meta> must be the first node of a page' }))
}
