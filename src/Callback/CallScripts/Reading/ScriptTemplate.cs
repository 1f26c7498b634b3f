using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using HandlebarsDotNet;

namespace Callback.CallScripts.Reading;

/// <summary>
/// The part of Handlebars that scripts may use: <c>{{name}}</c>, <c>{{or name "text when it is missing"}}</c> and
/// <c>{{#if name}}…{{else}}…{{/if}}</c>. Everything else is refused at load, so that a text can neither show braces nor a blank.
/// </summary>
internal static partial class ScriptTemplate
{
    /// <summary>Texts are compiled once, also where an editor reads the same script again at every stroke; beyond this many all are forgotten.</summary>
    private const int MostCompiled = 5000;

    private static readonly IHandlebars Engine = CreateEngine();

    private static readonly ConcurrentDictionary<string, HandlebarsTemplate<object, object>> Compiled = new();

    /// <summary>Compiles a text, reporting what is wrong with it; a text with mistakes renders as it stands, so that nothing else is said of it.</summary>
    public static ScriptText Compile(string source, Action<string> error)
    {
        if (source.Length == 0)
            return ScriptText.Empty;
        var mistakes = Check(source).ToList();
        mistakes.ForEach(error);
        if (mistakes.Count > 0)
            return new ScriptText(source, _ => source);
        if (Compiled.Count >= MostCompiled)
            Compiled.Clear();
        var template = Compiled.GetOrAdd(source, text => Engine.Compile(text));
        return new ScriptText(source, values => Tidy(template(values.Texts)));
    }

    private static IHandlebars CreateEngine()
    {
        var engine = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
        engine.RegisterHelper("or", (writer, _, arguments) =>
            writer.WriteSafeString(arguments[0] is string { Length: > 0 } value ? value : arguments[1] as string ?? ""));
        return engine;
    }

    private static IEnumerable<string> Check(string source)
    {
        var known = new Stack<string>();
        var elseSeen = new Stack<bool>();
        foreach (Match tag in Tag().Matches(source))
        {
            var inner = tag.Groups["inner"].Value.Trim();
            if (If().Match(inner) is { Success: true } block)
            {
                known.Push(block.Groups["name"].Value);
                elseSeen.Push(false);
                if (Unknown(block.Groups["name"].Value) is { } unknown)
                    yield return unknown;
            }
            else if (inner == "else" && known.Count > 0 && !elseSeen.Peek())
            {
                (_, _) = (elseSeen.Pop(), known.Pop());
                elseSeen.Push(true);
                known.Push("");
            }
            else if (inner == "/if" && known.Count > 0)
            {
                (_, _) = (known.Pop(), elseSeen.Pop());
            }
            else if (Mistake(tag.Value, inner, known) is { } mistake)
            {
                yield return mistake;
            }
        }
        if (known.Count > 0)
            yield return "An {{#if …}} is not closed by {{/if}}.";
        if (Tag().Replace(source, "").AsSpan().IndexOfAny('{', '}') >= 0)
            yield return "A brace stands outside a placeholder; placeholders are {{name}}.";
    }

    private static string? Mistake(string tag, string inner, Stack<string> known)
    {
        if (Or().Match(inner) is { Success: true } or)
            return Unknown(or.Groups["name"].Value) ?? (string.IsNullOrWhiteSpace(or.Groups["text"].Value) ? $"The fallback in {tag} is blank." : null);
        if (!Name().IsMatch(inner))
            return $"{tag} is not allowed in a script: only {{{{name}}}}, {{{{or name \"text\"}}}} and {{{{#if name}}}}…{{{{else}}}}…{{{{/if}}}} are.";
        if (Unknown(inner) is { } unknown)
            return unknown;
        return ScriptValueNames.Find(inner)!.Optional && !known.Contains(inner)
            ? $"'{inner}' can be missing for an order: write {{{{or {inner} \"…\"}}}} or put it between {{{{#if {inner}}}}} and {{{{/if}}}}."
            : null;
    }

    private static string? Unknown(string name)
    {
        var names = ScriptValueNames.All.Where(value => value.InTexts).Select(value => value.Name);
        return names.Contains(name) ? null : $"There is no value '{name}' for texts.{ConfigSource.DidYouMean(name, names)}";
    }

    /// <summary>One line; no blanks between Chinese characters, where YAML's folding puts them.</summary>
    private static string Tidy(string text) => BetweenChinese().Replace(Blanks().Replace(text, " ").Trim(), "");

    [GeneratedRegex(@"\{\{(?<inner>[^{}]*)\}\}")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\A#if\s+(?<name>\w+)\z")]
    private static partial Regex If();

    [GeneratedRegex("""\Aor\s+(?<name>\w+)\s+"(?<text>[^"]*)"\z""")]
    private static partial Regex Or();

    [GeneratedRegex(@"\A\w+\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(?<=[\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF]) | (?=[\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF])")]
    private static partial Regex BetweenChinese();
}
