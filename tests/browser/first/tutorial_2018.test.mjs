// SPDX-License-Identifier: AGPL-3.0-or-later
// The tutorials of 2018, step by step at both widths, in their own words: home without an accent, address, mail, password, the dialogue, the blocks
// of the voter space, the form of a new identifiant with its code de sécurité. axe on every page.
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { take_edition } from '../../pages/seats.mjs'
import { axe_finds, launch, linkIn, message, overflow, portal, sql, visitor, widths } from '../support.mjs'
import { people_of } from '../../http/places.mjs'

const title = 'Elections professionnelles 2018', password = 'Bulletin-vert-92'
let browser, people, former
before(async () => {
  browser = await launch()
  people = await people_of(import.meta.url)
  former = sql('SELECT title FROM portail.election')
  sql(`UPDATE portail.election SET title = '${title}'`)
  await take_edition('2018')
})
after(async () => {
  sql(`UPDATE portail.election SET title = '${former}'`)
  await take_edition('2026')
  await browser.close()
})

const text = async page => (await page.locator('main').innerText()).replace(/\s+/g, ' ')
async function says (page, ...words) {
  const said = await text(page)
  for (const word of words) assert.ok(said.includes(word), `${page.url()}: ${word}\n${said}`)
  assert.deepEqual(await axe_finds(page), [], page.url())
  assert.ok(await overflow(page) <= 0, `${page.url()} is wider than the screen`)
}

for (const [index, size] of Object.keys(widths).entries()) {
  it(`the tutorials of 2018 at ${size} width`, async () => {
    const person = people[index]
    const { page, faults, context } = await visitor(browser, size)
    await page.goto(portal + '/electionspro2018')
    assert.equal(await page.locator('h1').innerText(), title)
    assert.match(await page.title(), new RegExp(`${title}$`))
    assert.ok(await page.getByRole('link', { name: 'AIDE', exact: true }).count() > 0)
    await says(page)
    await page.getByRole('link', { name: 'Je me connecte à mon espace électeur' }).click()
    assert.match(page.url(), /\/portail\/identification\.htm$/)
    await says(page)
    await page.getByLabel('Adresse professionnelle').fill(person.adresse)
    const asked = Date.now() - 1000
    await page.getByRole('button', { name: 'VALIDER' }).click()
    await page.waitForURL('**/portail/attente.htm')
    await says(page, 'Attention : le délai de réception du courriel peut prendre jusqu’à 15 mn selon les systèmes de sécurité académique.',
      'Merci de consulter votre messagerie professionnelle et de cliquer sur le lien contenu dans le message afin de finaliser la création de votre espace électeur.', 'OK, j’ai compris')
    const mail = await message(person.adresse, /mot de passe/i, asked)
    assert.match(mail.text.replace(/\s+/g, ' '), /Bonjour.* Pour créer votre mot de passe personnel électeur en toute sécurité, veuillez cliquer sur le lien ci-dessous :/)
    await page.goto(linkIn(mail))
    await says(page)
    await page.locator('main form button[type=submit]').click()
    assert.equal(await page.locator('h1').innerText(), 'Création de mon mot de passe')
    await says(page, 'Créez votre mot de passe personnel électeur qui devra contenir entre 8 et 24 caractères, au moins une minuscule, une majuscule, un chiffre, et doit être différent de votre adresse de messagerie professionnelle.',
      'Conservez précieusement ce mot de passe qui vous sera demandé à chaque connexion sur le portail électeur et sera nécessaire pour le vote.')
    await page.locator('input[name=mot_de_passe]').fill(password)
    await page.locator('input[name=confirmation]').fill(password)
    await page.getByRole('button', { name: 'VALIDER' }).click()
    await page.waitForURL('**/espace')
    const dialogue = page.getByRole('dialog', { name: 'Confirmation mot de passe' })
    assert.match(await dialogue.innerText(), /Votre mot de passe est confirmé\. Conservez-le précieusement\./)
    await dialogue.getByRole('button', { name: 'OK, j’ai compris' }).click()
    await says(page, 'Mon espace électeur', 'Bienvenue', 'Cet espace personnalisé vous informe sur les scrutins auxquels vous pouvez participer et vous permet d’accéder à l’espace de vote.',
      'Vous pouvez demander des informations complémentaires ou contester votre profil électeur, vos scrutins ou les listes électorales jusqu’au', 'Après cette date vous devrez contacter directement votre assistance académique.',
      'Consulter mon profil électeur', 'affichage de vos données personnelles électeur', 'Consulter les scrutins auxquels je participe', 'affichage des listes de candidats et de leurs professions de foi pour chaque scrutin',
      'Consulter les listes électorales', 'consultation des listes électorales par scrutin', 'Demander un nouvel identifiant électeur', 'Voter', 'connectez-vous à l’espace de vote avec votre identifiant électeur et votre mot de passe personnel électeur', 'Accéder aux résultats')
    assert.ok(await page.getByRole('button', { name: 'DÉCONNEXION' }).count() > 0)
    await page.getByRole('link', { name: 'Demander un nouvel identifiant électeur' }).click()
    await says(page, 'Demande d’un nouvel identifiant électeur', 'Vous n’avez pas reçu ou vous avez égaré votre notice de vote contenant votre identifiant électeur.', 'Vous pouvez demander l’envoi d’un nouvel identifiant.',
      'Pour des raisons de sécurité, cet envoi ne peut être fait que par SMS et après vérification préalable d’informations personnelles.', 'La demande d’envoi d’un nouvel identifiant ne peut être faite que 3 fois.',
      'N° tél', 'NUMEN', 'Vous pouvez obtenir votre NUMEN auprès de votre service RH académique', 'Date de naissance (jj/mm/aaaa)', 'Veuillez saisir le code de sécurité ci-dessous', 'Vous recevrez un e-mail de confirmation à l’adresse suivante :')
    assert.ok(await page.locator('img[alt^="Code de sécurité"]').evaluate(image => image.complete && image.naturalWidth > 0))
    assert.deepEqual(faults, [])
    await context.close()
  })
}
