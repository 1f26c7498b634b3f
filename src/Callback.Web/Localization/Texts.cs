using System.Globalization;

namespace Callback.Web.Localization;

/// <summary>The texts in the reader's language. Components have it as <c>T</c>: <c>@T["desk.ready"]</c>, <c>@T["desk.wait", minutes]</c>.</summary>
public sealed class Texts
{
    private readonly TextBook book;

    internal Texts(TextBook book, Language language)
    {
        this.book = book;
        Language = language;
    }

    public Language Language { get; }

    public bool IsChinese => Language == Language.Chinese;

    public string this[string key] => book.Find(key, Language);

    /// <param name="key">As in Texts/*.yaml.</param>
    /// <param name="values">For {0}, {1} …; numbers and dates are written the reader's way.</param>
    public string this[string key, params object?[] values] => string.Format(Language.Culture, book.Find(key, Language), values);

    /// <summary>The text when there is one, else what is given: for codes that shops may add in their own files.</summary>
    public string Or(string key, string otherwise) => book.Contains(key) ? this[key] : otherwise;

    /// <summary>A name from the configuration; the code where it names nothing (any more).</summary>
    public string Of(Label? label, string code = "") => label?.In(Language.Code) ?? code;

    /// <summary>Things side by side, as the language separates them.</summary>
    public string List(IEnumerable<string> things) => string.Join(IsChinese ? "、" : ", ", things);

    /// <summary>A member of an enumeration: key <c>enum.{Type}.{Member}</c>.</summary>
    public string Of<TEnum>(TEnum value) where TEnum : struct, Enum => this[$"enum.{typeof(TEnum).Name}.{value}"];

    /// <summary>What is wrong with an input: key <c>problem.{code}</c>, with the problem's values as {name}.</summary>
    public string Of(Problem problem)
    {
        var sentence = Or($"problem.{problem.Code}", problem.Code);
        foreach (var (name, value) in problem.Values)
            sentence = sentence.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        return sentence;
    }

    /// <summary>One, or many: keys <c>{key}.one</c> and <c>{key}.many</c>, the count as {0}.</summary>
    public string Count(string key, long count) =>
        string.Format(CultureInfo.CurrentCulture, book.Find(count == 1 ? $"{key}.one" : $"{key}.many", Language), count.ToString("N0", Language.Culture));
}
