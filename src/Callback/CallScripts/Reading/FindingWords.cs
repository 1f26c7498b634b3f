using System.Text;
using System.Text.RegularExpressions;

namespace Callback.CallScripts.Reading;

/// <summary>
/// The reader speaks English, as configuration files and <c>check-config</c> do. In the editor a scheduler reads the same findings in Chinese: each sentence
/// by its pattern, with the names it holds. A sentence without a pattern stays English; a test holds the ones a writer meets.
/// </summary>
internal static partial class FindingWords
{
    private static readonly (Regex English, string Chinese)[] Sentences =
    [
        .. new (string English, string Chinese)[]
        {
            ("'{0}' is no condition. Write 'has NAME', {1}", "“{0}”不是条件。可以写 has 名称、not has 名称、名称 >= 5、名称 is 文字、名称 is not 文字、answer 步骤 is 回答。"),
            ("There is no value '{0}' for texts.", "没有可用在文字里的名称“{0}”。"),
            ("There is no value '{0}'.", "没有名称“{0}”。"),
            ("'{0}' is one text.", "“{0}”只能是一段文字。"),
            ("'{0}' is missing.", "缺少“{0}”。"),
            ("'{0}' is true or false, not '{1}'.", "“{0}”只能是 true 或 false，不能是“{1}”。"),
            ("'{0}' is a whole number, at least {1}.", "“{0}”须为不小于 {1} 的整数。"),
            ("'{0}' is a span such as 90s, 2m, 4h or 3d, not '{1}'.", "“{0}”是时长，例如 90s、2m、4h、3d，不能是“{1}”。"),
            ("'{0}' holds named entries.", "“{0}”下面要写带名称的条目。"),
            ("'{0}' holds keys and values.", "“{0}”下面要写键和值。"),
            ("'{0}' is not known here.", "这里没有“{0}”这一项。"),
            ("'{0}' is none of {1}.", "“{0}”不在可选范围内：{1}。"),
            ("'{0}' is no outcome of {1}.", "“{0}”不是该外呼目的可用的回访结果。"),
            ("'{0}' is no reason code of {1}.", "“{0}”不是该外呼目的可用的原因。"),
            ("'{0}' is no kind of follow-up task.", "没有“{0}”这种跟进事项。"),
            ("The file holds no map: expected 'key: value' lines.", "正文不是“键: 值”的形式。"),
            ("This is not valid YAML: look for a bracket or a quote that is not closed.", "YAML 格式不对：请检查有没有漏写括号或引号。"),
            ("This is not valid YAML: {0}", "YAML 格式不对：{0}"),
            ("Aliases (*name) are not allowed in a script: write the text out.", "话术里不能用别名（*名称），请直接写出文字。"),
            ("The text is nested deeper than {0} levels.", "嵌套超过 {0} 层。"),
            ("A node is exactly one of {0}; this one is {1}.", "每一步只能是 say、ask、tell、do、end 之一，并要有内容。"),
            ("A 'do' node needs a 'text' that tells the agent what to do.", "“办”的步骤要写清坐席该做什么。"),
            ("Nothing follows an 'end' node.", "“结束”之后不能再有下一步。"),
            ("Nothing follows '{0}': give it 'next', or make it an 'end'.", "“{0}”之后没有下一步：请选择下一步，或改为“结束”。"),
            ("The last way of 'next' must hold without a condition; otherwise the talk can get stuck.", "最后一个去向不能带条件，否则通话可能走不下去。"),
            ("An 'ask' node needs 'answers', or 'free-text'.", "“问”的步骤要有回答，或允许填写文字。"),
            ("Every answer has a condition; one at least must always be there.", "每个回答都带了条件；至少要有一个总能选。"),
            ("The answer to '{0}' is required, but 'next' lets it be skipped: {1}", "“{0}”必须回答，却又写了可以跳过的下一步：请给每个回答选去向，或改为可以不回答。"),
            ("The answer '{0}' leads nowhere: give it 'next'.", "回答“{0}”没有去向，请选择下一步。"),
            ("'{0}' needs 'next': where the talk goes on {1}.", "“{0}”要有下一步：不回答或答完之后去哪里。"),
            ("A question with several answers has one 'next', to which all its answers lead.", "可多选的问题只有一个下一步，所有回答最后都要走到那里。"),
            ("The answer to '{0}' is required, but nothing needs to be typed: {1}", "“{0}”必须回答，却不要求填写：请改为必须填写，或改为可以不回答。"),
            ("'outcome' and 'otherwise' exclude each other.", "结果只能选一种写法：outcome 或 otherwise。"),
            ("'do' is exactly one of {0}", "“办”只能选一种：跟进事项、补偿、转主管、约定回拨、列入拒呼名单。"),
            ("A condition names the answer '{0}' of '{1}', which does not exist.", "条件里写的“{1}”没有回答“{0}”。"),
            ("'{0}' shows nothing when optional values are missing: give them a fallback.", "订单缺少资料时，“{0}”会变成空白：请写好备用文字。"),
            ("'{0}' takes {1} s read aloud; at most {2}. Split it.", "“{0}”读出来要 {1} 秒，最多 {2} 秒，请拆成两步。"),
            ("The script is too long: longest path {0} of {1}.", "话术太长：最长的一路要 {0}，目标是 {1}。"),
            ("{0} version {1}: {2} nodes, longest path {3} of {4}.", "共 {2} 步，最长的一路 {3}，目标 {4}。"),
            ("The language {0} is missing: every script needs {1}.", "缺少 {0}：每份话术都要有中文和英文。"),
            ("The node '{0}' is missing in {1}.", "{1} 里没有步骤“{0}”。"),
            ("'{0}' is another step in {1} (line {2} of {3}): {4}", "“{0}”在 {1}（第 {2} 行）里不是同样的一步：种类、回答、去向、条件、记录和建议必须一致。"),
            ("Purpose, version, start, greeting-ends, target and order of asides must be as in {0}.", "目的、版本、第一步、问候结束、目标时长和侧栏步骤的顺序要与 {0} 一致。"),
            ("'{0}' leads to '{1}', which is no node.", "“{0}”的去向“{1}”不存在。"),
            ("No way leads to '{0}': let another node lead here, mark it 'aside: true', or take it out.", "没有哪一步会走到“{0}”：请让别的步骤指向它，放到侧栏，或删掉。"),
            ("These ways go round without an end: {0}.", "这几步绕成了圈，走不出来：{0}。"),
            ("The way of '{0}' must lead to '{1}' in every case, because '{2}' allows several answers.", "“{2}”可以多选，所以回答“{0}”的每一条路最后都要走到“{1}”。"),
            ("The script starts at '{0}', which is no node.", "第一步“{0}”不存在。"),
            ("'{0}' is no node.", "步骤“{0}”不存在。"),
            ("There is no file '{0}' beside this one.", "店铺话术不能用 include（{0}）。"),
            ("There is another node '{0}', in {1} line {2}.", "步骤“{0}”重复了（第 {2} 行）。"),
            ("An {{#if …}} is not closed by {{/if}}.", "{{#if …}} 后面缺少 {{/if}}。"),
            ("A brace stands outside a placeholder; placeholders are {{name}}.", "花括号只能用在占位里，例如 {{shop}}。"),
            ("The fallback in {0} is blank.", "{0} 的备用文字是空的。"),
            ("{0} is not allowed in a script: only {1} are.", "话术里不能写 {0}，只能用 {{名称}}、{{or 名称 \"文字\"}} 和 {{#if 名称}}…{{else}}…{{/if}}。"),
            ("'{0}' can be missing for an order: write {1}", "有的订单没有“{0}”：请写成 {{or {0} \"备用文字\"}}，或放在 {{#if {0}}} 和 {{/if}} 之间。"),
        }.Select(sentence => (Pattern(sentence.English), sentence.Chinese)),
    ];

    public static string InChinese(string message)
    {
        var hint = Hint().Match(message);
        var plain = hint.Success ? message[..hint.Index] : message;
        foreach (var (english, chinese) in Sentences)
        {
            if (english.Match(plain) is { Success: true } match)
                return Fill(chinese, match) + (hint.Success ? $"您是不是想写“{hint.Groups["name"].Value}”？" : "");
        }
        return message;
    }

    private static Regex Pattern(string english)
    {
        var pattern = new StringBuilder(@"\A");
        var at = 0;
        foreach (Match place in Place().Matches(english))
        {
            pattern.Append(Regex.Escape(english[at..place.Index])).Append("(?<p").Append(place.Groups["number"].Value).Append(">.+?)");
            at = place.Index + place.Length;
        }
        return new(pattern.Append(Regex.Escape(english[at..])).Append(@"\z").ToString(), RegexOptions.Singleline);
    }

    private static string Fill(string chinese, Match match) => Place().Replace(chinese, place => match.Groups[$"p{place.Groups["number"].Value}"].Value);

    [GeneratedRegex(@"\{(?<number>\d)\}")]
    private static partial Regex Place();

    [GeneratedRegex(@" Did you mean '(?<name>[^']+)'\?\z")]
    private static partial Regex Hint();
}
