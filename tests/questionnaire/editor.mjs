// What an editor with the language service of Visual Studio Code says of a file by its schema: faults, what stands under
// the pointer, what completes. Reads {schema, asked: [{text, at}]} as JSON from stdin; `at` is a place in the text.

import { readFileSync } from 'node:fs'
import editor from 'vscode-json-languageservice'

const { getLanguageService, TextDocument } = editor

const { schema, asked } = JSON.parse(readFileSync(0, 'utf8'))
const service = getLanguageService({})
service.configure({ schemas: [{ uri: 'file:///schema.json', fileMatch: ['*.json'], schema }] })

const answers = []
for (const { text, at } of asked) {
  const document = TextDocument.create('file:///questionnaire.json', 'json', 1, text)
  const parsed = service.parseJSONDocument(document)
  const place = document.positionAt(at)
  const hover = await service.doHover(document, place, parsed)
  const completed = await service.doComplete(document, place, parsed)
  const faults = await service.doValidation(document, parsed, {}, schema)
  answers.push({
    hover: [hover?.contents ?? []].flat().map((one) => one.value ?? one).join('\n'),
    completed: (completed?.items ?? []).map(({ label }) => label),
    faults: faults.map(({ message }) => message)
  })
}
console.log(JSON.stringify(answers))
