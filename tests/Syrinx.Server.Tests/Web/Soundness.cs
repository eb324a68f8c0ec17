namespace Syrinx.Server.Tests.Web;

/// <summary>A check of a page's accessibility and width, as a script that returns what is wrong.</summary>
internal static class Soundness
{
    public const string Script = """
        () => {
          const wrong = [];
          const name = e => (e.getAttribute('aria-label')
            || (e.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' ').trim()
            || [...(e.labels ?? [])].map(l => l.textContent).join(' ').trim()
            || (e.innerText ?? e.textContent) || '').trim();
          const shown = e => e.checkVisibility({ checkVisibilityCSS: true });
          const say = e => e.outerHTML.slice(0, 120);
          for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button]'))
            if (shown(e) && !name(e)) wrong.push('no name: ' + say(e));
          for (const e of document.querySelectorAll('svg'))
            if (e.getAttribute('aria-hidden') !== 'true' && !name(e)) wrong.push('a drawing without words: ' + say(e));
          for (const e of document.querySelectorAll('img:not([alt])')) wrong.push('no alt: ' + say(e));
          if (document.querySelectorAll('h1').length !== 1) wrong.push('h1: ' + document.querySelectorAll('h1').length);
          if (document.querySelectorAll('main').length !== 1) wrong.push('main: ' + document.querySelectorAll('main').length);
          if (!document.title) wrong.push('no title');
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) wrong.push('id twice: ' + id);
          for (const e of document.querySelectorAll('[aria-labelledby], [aria-describedby]'))
            for (const attribute of ['aria-labelledby', 'aria-describedby'])
              for (const id of (e.getAttribute(attribute) ?? '').split(' ').filter(Boolean))
                if (!document.getElementById(id)) wrong.push(attribute + ' names nothing: ' + say(e));
          for (const e of document.querySelectorAll('*'))
            for (const a of e.attributes) if (/^on/i.test(a.name)) wrong.push('inline handler: ' + say(e));
          if (document.documentElement.scrollWidth > innerWidth) wrong.push(`wider than the window: ${document.documentElement.scrollWidth} > ${innerWidth}`);
          return wrong;
        }
        """;
}
