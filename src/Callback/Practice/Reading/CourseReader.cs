namespace Callback.Practice.Reading;

/// <summary>Reads one course.</summary>
internal static class CourseReader
{
    /// <summary>A quiz in which less than this has to be right is none.</summary>
    private const int LeastQuizPass = 90;

    private const int LeastAnswers = 2;

    public static Course? Read(YamlMap map, IReadOnlyList<CustomerCharacter> customers)
    {
        map.Only("course", "title", "about", "calls_pass", "quiz_pass", "calls", "quiz");
        var (id, title, about) = (PracticeParts.Id(map, "course"), PracticeParts.Label(map, "title"), PracticeParts.Label(map, "about"));
        var (callsPass, quizPass) = (map.Whole("calls_pass", 0, 100, required: true), map.Whole("quiz_pass", LeastQuizPass, 100, required: true));
        var calls = Once(map, map.Maps("calls", required: true).Select(call => Call(call, customers)).OfType<CourseCall>().ToList(), call => call.Id, "call");
        var quiz = Once(map, map.Maps("quiz", required: true).Select(Question).OfType<QuizQuestion>().ToList(), question => question.Id, "question");
        return id is null || title is null || about is null || callsPass is null || quizPass is null
            ? null
            : new(id, title, about, callsPass.Value, quizPass.Value, calls, quiz);
    }

    private static List<T> Once<T>(YamlMap map, List<T> all, Func<T, string> id, string what)
    {
        foreach (var twice in all.CountBy(id).Where(count => count.Value > 1))
            map.File.Error(map.Line, $"there are {twice.Value} {what}s '{twice.Key}'");
        if (all.Count == 0)
            map.File.Error(map.Line, $"a course has at least one {what}");
        return all;
    }

    private static CourseCall? Call(YamlMap map, IReadOnlyList<CustomerCharacter> customers)
    {
        map.Only("id", "customer", "purpose", "seed");
        var id = map.Text("id", required: true);
        var named = map.Text("customer", required: true);
        _ = map.Text("purpose", required: true);
        var purpose = map.OneOf<Purpose>("purpose");
        var seed = map.Whole("seed", 0, 999_999, required: true);
        var customer = customers.FirstOrDefault(customer => customer.Id == named?.Value);
        if (named is { } name && customer is null)
            map.File.Error(name.Line, $"there is no customer '{name.Value}'{Nearest.Hint(name.Value, [.. customers.Select(known => known.Id)])}");
        return id is null || customer is null || purpose is null || seed is null ? null : new(id.Value.Value, customer, purpose.Value, seed.Value);
    }

    private static QuizQuestion? Question(YamlMap map)
    {
        map.Only("id", "ask", "answers", "why");
        var (id, ask, why) = (map.Text("id", required: true), PracticeParts.Label(map, "ask"), PracticeParts.Label(map, "why"));
        var answers = map.Maps("answers", required: true).Select(Answer).OfType<QuizAnswer>().ToList();
        if (answers.Count < LeastAnswers || answers.Count(answer => answer.Right) != 1)
        {
            map.File.Error(map.Line, "a question has two answers or more, exactly one of them right");
            return null;
        }
        return id is null || ask is null || why is null ? null : new(id.Value.Value, ask, answers, why);
    }

    private static QuizAnswer? Answer(YamlMap map, int place)
    {
        map.Only("en", "zh", "right");
        return map.Text("en", required: true) is { } en && map.Text("zh", required: true) is { } zh
            ? new($"{(char)('a' + place)}", new(en.Value, zh.Value), map.Flag("right") ?? false)
            : null;
    }
}
