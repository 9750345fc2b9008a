import { TmplGroup } from 'glass-easel-template-compiler'
import type { Program } from '../protocol/program'
import { findInert } from './built-in-tags'
import { findMisplacedPageMeta } from './page-meta'
import { type Sources, resolveFrom } from './sources'
import { type Tag, readTags, staticValue } from './wxml-tags'
import { checkWxs } from './wxs'

/** A message of the template compiler; lines and columns from 0. */
interface CompilerMessage {
  message: string
  startLine: number
  startColumn: number
}

/**
 * Compiles all WXML and WXS to one JavaScript expression: template path → template. Reports files,
 * templates, tags and attributes that would be missing or ignored at run time.
 */
export async function compileTemplates(
  sources: Sources,
  program: Pick<Program, 'units' | 'pages'>,
) {
  const group = new TmplGroup()
  try {
    for (const file of sources.withExtension('.wxs')) {
      const code = sources.text(file)
      await checkWxs(sources, file, code)
      // `<wxs src>` resolves a module without its extension, `require()` inside WXS with it.
      group.addScript(file, code)
      group.addScript(file.replace(/\.wxs$/, ''), code)
    }
    for (const file of sources.withExtension('.wxml')) {
      const found = group.addTmpl(file.replace(/\.wxml$/, ''), sources.text(file))
      for (const { message, startLine, startColumn } of found as CompilerMessage[]) {
        sources.report(file, { line: startLine + 1, column: startColumn + 1 }, message)
      }
      await checkTemplate(sources, program, file)
    }
    return group.getTmplGenObjectGroups()
  } finally {
    group.free()
  }
}

async function checkTemplate(
  sources: Sources,
  program: Pick<Program, 'units' | 'pages'>,
  file: string,
) {
  const tags = readTags(sources.text(file))
  const known = knownComponents(program, file)
  const isPage = program.units[file.replace(/\.wxml$/, '')]?.page === true
  for (const { offset, text } of findMisplacedPageMeta(tags, isPage)) {
    sources.report(file, offset, text)
  }
  for (const tag of tags) {
    for (const { offset, text } of findInert(tag, known)) sources.report(file, offset, text)
    if (tag.script) await checkWxs(sources, file, tag.script.code, tag.script.offset)
    checkReference(sources, file, tag)
    checkPageLink(sources, program, file, tag)
  }
  const templates = namedTemplates(sources, file, tags)
  for (const tag of tags.filter(({ name }) => name === 'template')) {
    const is = staticValue(tag, 'is')
    if (is && !templates.has(is.value)) {
      sources.report(file, is.offset, `There is no <template name="${is.value}"> here or imported`)
    }
  }
}

/** Returns the custom components that a file may use: a shared template may use those of all pages. */
function knownComponents({ units }: Pick<Program, 'units'>, file: string): Set<string> {
  const own = units[file.replace(/\.wxml$/, '')]
  return new Set(
    (own ? [own] : Object.values(units)).flatMap((u) => Object.keys(u.usingComponents)),
  )
}

/** Reports a file that a tag refers to and that does not exist. */
function checkReference(sources: Sources, file: string, tag: Tag): void {
  const src = staticValue(tag, 'src')
  if (!src || !['import', 'include', 'wxs', 'image'].includes(tag.name)) return
  if (tag.name === 'image' && /^(\w+:|$)/.test(src.value)) return
  const target = resolveFrom(file, src.value)
  const candidates = tag.name === 'import' || tag.name === 'include' ? ['', '.wxml'] : ['']
  if (!sources.find(target, candidates)) {
    sources.report(file, src.offset, `${src.value} is missing`)
  }
}

function checkPageLink(
  sources: Sources,
  { pages }: Pick<Program, 'pages'>,
  file: string,
  tag: Tag,
) {
  const url = tag.name === 'navigator' ? staticValue(tag, 'url') : undefined
  if (!url) return
  const route = resolveFrom(file, url.value.split('?')[0]!)
  if (!pages.includes(route)) sources.report(file, url.offset, `There is no page ${route}`)
}

/** Returns the names that `<template is>` can use: templates of the file and of the files it imports. */
function namedTemplates(sources: Sources, file: string, tags: Tag[]): Set<string> {
  const imported = tags.flatMap((tag) => {
    const src = tag.name === 'import' ? staticValue(tag, 'src') : undefined
    const found = src && sources.find(resolveFrom(file, src.value), ['', '.wxml'])
    return found ? readTags(sources.text(found)) : []
  })
  return new Set(
    [...tags, ...imported]
      .filter(({ name }) => name === 'template')
      .flatMap((tag) => staticValue(tag, 'name')?.value ?? []),
  )
}
