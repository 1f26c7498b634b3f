using Callback.CallScripts;

namespace Callback.Practice.Reading;

/// <summary>Checks customers and courses, and walks every call of a course through the standard script of its purpose, in both languages.</summary>
internal sealed class PracticeConfigCheck : IConfigCheck
{
    private static readonly string[] Languages = ["zh-CN", "en"];

    public IEnumerable<ConfigFinding> Check(string configFolder)
    {
        var findings = new List<ConfigFinding>();
        var book = PracticeReader.Read(configFolder, findings);
        if (Scripts(configFolder) is { } scripts)
        {
            foreach (var customer in book.Customers.Where(customer => customer.EndsWith is { } outcome && scripts.Outcomes.Find(outcome) is null))
                findings.Add(new($"{PracticeReader.Customers}/{customer.Id}.yaml", null, ConfigFindingKind.Error, $"'ends_with' is '{customer.EndsWith}', which is no outcome"));
            foreach (var course in book.Courses)
                findings.AddRange(course.Calls.SelectMany(call => Walk(course, call, scripts)));
        }
        findings.AddRange(book.Courses.Select(course =>
            new ConfigFinding($"{PracticeReader.Courses}/{course.Id}.yaml", null, ConfigFindingKind.Fact, $"{course.Calls.Count} calls, {course.Quiz.Count} questions, passed at {course.QuizPass} %")));
        return findings.Distinct();
    }

    private static IEnumerable<ConfigFinding> Walk(Course course, CourseCall call, CallScriptBook scripts)
    {
        var ends = new List<string?>();
        foreach (var language in Languages)
        {
            var file = $"{PracticeReader.Courses}/{course.Id}.yaml";
            if (scripts.NamesFor(call.Purpose) is not [var name, ..] || scripts.Find(name, null, language) is not { } script)
            {
                yield return new(file, call.Id, ConfigFindingKind.Error, $"there is no call script for {call.Purpose}");
                yield break;
            }
            var talk = BestTalk.Of(new(call.Customer, call.Seed, script, ScriptValues.Of(ScriptSamples.Full(language))));
            ends.Add(talk.Outcome);
            if (call.Customer.EndsWith is null && (talk.Outcome is null || script[talk.Steps[^1]].Kind != NodeKind.End))
                yield return new(file, call.Id, ConfigFindingKind.Error, $"the talk with '{call.Customer.Id}' stops at '{talk.Steps[^1]}' without a result");
        }
        if (ends.Distinct().Count() > 1)
            yield return new($"{PracticeReader.Courses}/{course.Id}.yaml", call.Id, ConfigFindingKind.Error, $"the talk ends differently in the two languages: {string.Join(", ", ends)}");
    }

    /// <summary>Null: the scripts themselves cannot be read, which their own check tells.</summary>
    private static CallScriptBook? Scripts(string configFolder)
    {
        try
        {
            return CallScriptBook.Load(configFolder);
        }
        catch (CallScriptsInvalidException)
        {
            return null;
        }
    }
}
