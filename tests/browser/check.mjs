// Looks at the pages of tip in Chromium: node check.mjs FOLDER [--all]
//
// FOLDER holds a site of 'tip brief --all -o FOLDER', and perhaps other pages. Ten pages are looked at, with --all every
// one. CHROMIUM names the browser. Stands beside the packages of package.json. Ends with 1 if something fails.
import fs from "fs";
import http from "http";
import path from "path";
import { createRequire } from "module";
import puppeteer from "puppeteer-core";

const require = createRequire(import.meta.url);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [folder, flag] = process.argv.slice(2);
const all = fs.readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
const special = ["index", "summary", "serbia", "south-sudan", "kiribati", "democratic-republic-of-the-congo", "united-states"];
const isOwn = (name) => /^(table|map|chart|hostile)/.test(name);
const chosen = all.filter((name) => flag === "--all" || isOwn(name) || special.includes(name.slice(0, -5)));
const isCountry = (name) => !isOwn(name) && !["index.html", "summary.html"].includes(name);

let failures = 0;
function check(holds, what, detail = "") {
  if (!holds) failures += 1;
  if (!holds || !flag) console.log(`${holds ? "ok  " : "FAIL"} ${what}${holds ? "" : `: ${detail}`}`);
}

const requests = [];
const server = http.createServer((request, answer) => {
  requests.push(request.url);
  const file = path.join(folder, path.basename(request.url));
  answer.writeHead(fs.existsSync(file) ? 200 : 404, { "content-type": "text/html" });
  answer.end(fs.existsSync(file) ? fs.readFileSync(file) : "");
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const address = (name) => `http://127.0.0.1:${server.address().port}/${name}`;
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
});
const page = await browser.newPage();
const said = [];
page.on("console", (message) => said.push(message.text()));
page.on("pageerror", (error) => said.push(String(error)));
const session = await page.createCDPSession();
const media = (kind, scheme) =>
  session.send("Emulation.setEmulatedMedia", { media: kind, features: [{ name: "prefers-color-scheme", value: scheme }] });
const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

for (const name of chosen) {
  requests.length = said.length = 0;
  await media("screen", "light");
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(address(name));
  check(requests.length === 1, `${name}: one request and none beside it`, requests.join(" "));
  const levels = await page.$$eval("h1,h2,h3,h4", (heads) => heads.map((head) => Number(head.tagName[1])));
  const isInOrder = levels[0] === 1 && levels.every((level, at) => at === 0 || (level > 1 && level - levels[at - 1] <= 1));
  check(isInOrder, `${name}: one first heading, and the others in order`, levels.join(""));
  const links = await page.$$eval("a[href]", (found) => found.map((link) => link.getAttribute("href")));
  const broken = links.filter((link) => !/^https?:/.test(link) && !fs.existsSync(path.join(folder, link.split("#")[0])));
  check(broken.length === 0, `${name}: every relative link leads to a file`, broken.join(" "));
  for (const width of [320, 390, 1280]) {
    await page.setViewport({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(wide <= 0, `${name}: no sideways scrolling at ${width} pixels`, `${wide} too wide`);
  }
  const looks = [["light", 1280], ["dark", 1280], ["light", 390]];
  for (const [scheme, width] of flag === "--all" ? looks.slice(1, 2) : looks) {
    await media("screen", scheme);
    await page.setViewport({ width, height: 900 });
    const found = await page.evaluate(async (source) => {
      (0, eval)(source);
      const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await window.axe.run(document, { runOnly });
      return violations.map((it) => `${it.id} (${it.nodes[0].html.slice(0, 90)})`);
    }, axe);
    check(found.length === 0, `${name}: axe finds nothing, ${scheme}, ${width} pixels`, found.join("; "));
  }
  check(said.length === 0, `${name}: an empty console`, said.join("; "));
  if (isCountry(name)) {
    await media("", "light");
    const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, printBackground: false })).toString("latin1");
    const pages = (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length;
    check(pages === 1, `${name}: one page of A4`, `${pages} pages`);
  }
}

// The colours of the screen, and paper that stays white in the dark.
await page.goto(address("serbia.html"));
for (const [kind, scheme, wanted] of [
  ["screen", "light", "rgb(255, 255, 255)"],
  ["screen", "dark", "rgb(24, 24, 24)"],
  ["print", "dark", "rgb(255, 255, 255)"],
]) {
  await media(kind, scheme);
  check((await background()) === wanted, `${kind} in ${scheme} has its background`, await background());
}
await media("screen", "light");
const faults = await page.evaluate(async (source) => {
  (0, eval)(source);
  document.querySelector(".note").style.cssText = "color: #ccc; background: #fff";
  return (await window.axe.run(document)).violations.map((it) => it.id);
}, axe);
check(faults.includes("color-contrast"), "axe sees a fault made on purpose", faults.join(" "));

// The policy stops what a fault would let in.
const hole = fs.readFileSync(path.join(folder, "serbia.html"), "utf8");
const inside = "<main><script>document.title = 'owned'</script><img src='http://127.0.0.1:9/x' alt=''>";
fs.writeFileSync(path.join(folder, "hole.html"), hole.replace("<main>", inside));
await page.goto(address("hole.html"));
fs.unlinkSync(path.join(folder, "hole.html"));
check((await page.title()) !== "owned", "the policy stops a script and an image", await page.title());

// The index: filter, sort, keyboard; whole without its script.
await page.goto(address("index.html"));
const shown = () => page.$$eval("tbody tr", (rows) => rows.filter((row) => !row.hidden).map((row) => row.cells[0].textContent));
const count = (await shown()).length;
check(count > 180, "the index has every country", count);
async function type(text) {
  await page.$eval("input", (input) => { input.value = ""; });
  await page.type("input", text);
  return shown();
}
check((await type("COTE D")).join() === "Côte d'Ivoire", "the filter knows no case and no marks", await shown());
check((await type("near east")).length > 10, "the filter takes a region", await shown());
check((await type("zzz")).length === 0, "the filter may leave nothing", await shown());
await page.keyboard.press("Escape");
check((await shown()).length === count, "Escape shows all again", await shown());
const tiers = await page.$$eval("select option", (options) => options.map((option) => option.value).filter(Boolean));
let sum = 0;
for (const tier of tiers) {
  await page.select("select", tier);
  sum += (await shown()).length;
}
await page.select("select", "");
check(tiers.length >= 5 && sum === count, "the tiers of the menu share out the countries", `${tiers}: ${sum}`);
const second = (await page.$$("th button"))[1];
await second.focus();
await page.keyboard.press("Enter");
const sorted = await page.$$eval("tbody tr", (rows) => rows.map((row) => row.cells[1].textContent));
check(sorted.every((tier, at) => at === 0 || sorted[at - 1].slice(2) <= tier.slice(2)), "the keyboard sorts by tier", sorted.slice(0, 3));
const states = await page.$$eval("thead th", (heads) => heads.map((head) => head.getAttribute("aria-sort") ?? "").join());
check(states === ",ascending,,,", "only the sorted column says so", states);
await page.setJavaScriptEnabled(false);
await page.goto(address("index.html"));
const bare = [(await page.$$("tbody tr")).length, (await page.$$("input, button, select")).length];
check(bare.join() === `${count},0`, "without the script the table is whole and nothing is dead", bare);

await browser.close();
server.close();
console.log(failures ? `${failures} failed` : `all held: ${chosen.length} of ${all.length} pages`);
process.exit(failures ? 1 : 0);
