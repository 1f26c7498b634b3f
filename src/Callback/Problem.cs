namespace Callback;

/// <summary>What is wrong with an input: a code that the screens translate (Texts, key <c>problem.{Code}</c>), the place, and the figures for the sentence.</summary>
/// <param name="Code">kebab-case, for example <c>promise-outside-hours</c>.</param>
/// <param name="Field">The field or column, or null where the whole input is meant.</param>
/// <param name="Values">What the sentence names: the value given, what is allowed.</param>
public sealed record Problem(string Code, string? Field, IReadOnlyDictionary<string, string> Values)
{
    public static Problem Of(string code, string? field = null, params (string Name, string Value)[] values) =>
        new(code, field, values.ToDictionary(value => value.Name, value => value.Value));
}

/// <summary>The input was refused and nothing was done; answered as 422 by the API and beside the form by the screens.</summary>
public sealed class InvalidInputException(params IReadOnlyList<Problem> problems)
    : Exception(string.Join("; ", problems.Select(problem => $"{problem.Field}: {problem.Code}")))
{
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
