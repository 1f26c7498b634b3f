using System.Globalization;
using System.Text.RegularExpressions;

namespace Callback.CallScripts.Reading;

/// <summary>Reads <c>when</c>: one term or a list of terms that must all hold.</summary>
internal static partial class ConditionReader
{
    public static Condition Read(ConfigMap map, string key)
    {
        var terms = map.Texts(key).Select(text => Term(text, message => map.Error(key, message))).OfType<ConditionTerm>().ToList();
        return terms.Count == 0 ? Condition.Always : new Condition(terms);
    }

    private static ConditionTerm? Term(string text, Action<string> error)
    {
        if (Has().Match(text) is { Success: true } has)
            return Known(has, error) ? new ConditionTerm.Has(has.Groups["name"].Value, has.Groups["not"].Success) : null;
        if (Answered().Match(text) is { Success: true } answered)
            return new ConditionTerm.Answered(answered.Groups["node"].Value, answered.Groups["branch"].Value, answered.Groups["not"].Success);
        if (Compare().Match(text) is { Success: true } compare)
        {
            var limit = decimal.Parse(compare.Groups["limit"].Value, CultureInfo.InvariantCulture);
            return Known(compare, error) ? new ConditionTerm.Compare(compare.Groups["name"].Value, compare.Groups["op"].Value, limit) : null;
        }
        if (Is().Match(text) is { Success: true } equal)
            return Known(equal, error) ? new ConditionTerm.Is(equal.Groups["name"].Value, equal.Groups["value"].Value.Trim(), equal.Groups["not"].Success) : null;
        error($"'{text}' is no condition. Write 'has NAME', 'not has NAME', 'NAME >= 5', 'NAME is TEXT', 'NAME is not TEXT' or 'answer NODE is ANSWER'.");
        return null;
    }

    private static bool Known(Match match, Action<string> error)
    {
        var name = match.Groups["name"].Value;
        if (ScriptValueNames.Find(name) is not null)
            return true;
        error($"There is no value '{name}'.{ConfigSource.DidYouMean(name, ScriptValueNames.All.Select(value => value.Name))}");
        return false;
    }

    [GeneratedRegex(@"\A(?<not>not\s+)?has\s+(?<name>\w+)\z")]
    private static partial Regex Has();

    [GeneratedRegex(@"\Aanswer\s+(?<node>[\w-]+)\s+is\s+(?<not>not\s+)?(?<branch>[\w-]+)\z")]
    private static partial Regex Answered();

    [GeneratedRegex(@"\A(?<name>\w+)\s*(?<op><=|>=|<|>|=)\s*(?<limit>\d{1,9}(\.\d{1,4})?)\z")]
    private static partial Regex Compare();

    [GeneratedRegex(@"\A(?<name>\w+)\s+is\s+(?<not>not\s+)?(?<value>.+)\z")]
    private static partial Regex Is();
}
