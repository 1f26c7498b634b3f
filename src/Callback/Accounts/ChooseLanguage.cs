using Callback.Database;

namespace Callback.Accounts;

/// <summary>The language in which a user sees the program; their own choice.</summary>
public sealed class ChooseLanguage(Db db)
{
    public static readonly IReadOnlyList<string> Languages = ["zh-CN", "en"];

    /// <exception cref="InvalidInputException">The program does not speak it.</exception>
    public async Task RunAsync(Guid userId, string language, CancellationToken ct)
    {
        if (!Languages.Contains(language))
            throw new InvalidInputException(Problem.Of("language-unknown", "language", ("language", language)));
        await using var session = await db.BeginAsync(ShopScope.Of(), ct);
        await session.ExecuteAsync("update users set language = @language where user_id = @userId", new { userId, language }, ct);
        await session.CommitAsync();
    }
}
