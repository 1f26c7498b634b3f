using Callback.Calls;
using Callback.Calls.Bridges;
using Callback.Calls.Running;
using Callback.Web.Localization;

namespace Callback.Web.Components.Desk.Phone;

/// <summary>What an agent does with the own phone and with the call in its room. Each act asks once and answers with the strip as it is then.</summary>
internal sealed class PhoneActs(
    DeskAnswers answers, PhoneReader reader, LineWords words, GetDesk desk, OpenBridge open, CloseBridge close, HoldCustomer hold, MuteAgent mute, SendDigits digits,
    PauseRecording pause, TransferTo transfer)
{
    /// <summary>Only when something has changed since the strip was made; else nothing (204), and an open menu stays open.</summary>
    public async Task<IResult> ShowAsync(string? seen, CancellationToken ct)
    {
        var model = await ReadAsync(ct);
        return model?.Stamp == seen ? Results.NoContent() : answers.Phone(model);
    }

    public async Task<IResult> ConnectAsync(CancellationToken ct) =>
        await AnswerAsync(await open.RunAsync(answers.Actor, ct) is OpenedBridge.Refused refused ? words.Of(refused.Code) : null, ct);

    public async Task<IResult> HangUpAsync(CancellationToken ct)
    {
        await close.RunAsync(answers.Actor, ct);
        return await AnswerAsync(null, ct);
    }

    public Task<IResult> HoldAsync(Guid holdId, bool on, CancellationToken ct) => ActAsync(holdId, attempt => hold.RunAsync(answers.Actor, attempt, on, ct), ct);

    public Task<IResult> MuteAsync(Guid holdId, bool on, CancellationToken ct) => ActAsync(holdId, attempt => mute.RunAsync(answers.Actor, attempt, on, ct), ct);

    public Task<IResult> DigitsAsync(Guid holdId, string keys, CancellationToken ct) => ActAsync(holdId, attempt => digits.RunAsync(answers.Actor, attempt, keys, ct), ct);

    public Task<IResult> RecordingAsync(Guid holdId, bool paused, CancellationToken ct) => ActAsync(holdId, attempt => pause.RunAsync(answers.Actor, attempt, paused, ct), ct);

    public Task<IResult> TransferAsync(Guid holdId, Guid to, CancellationToken ct) => ActAsync(holdId, attempt => transfer.StartAsync(answers.Actor, attempt, to, ct), ct);

    public Task<IResult> WithdrawAsync(Guid holdId, CancellationToken ct) => ActAsync(holdId, attempt => transfer.WithdrawAsync(answers.Actor, attempt, ct), ct);

    private async Task<IResult> ActAsync(Guid holdId, Func<Guid, Task<ActResult>> act, CancellationToken ct)
    {
        if ((await desk.RunAsync(answers.Actor, ct)).Card is not { AttemptId: { } attempt } card || card.HoldId != holdId)
            return await AnswerAsync(words.Of("call-not-on"), ct);
        try
        {
            return await AnswerAsync(await act(attempt) is ActResult.NotDone refused ? words.Of(refused.Code) : null, ct);
        }
        catch (InvalidInputException refused)
        {
            return await AnswerAsync(words.Of(refused.Problems[0]), ct);
        }
    }

    private async Task<IResult> AnswerAsync(string? refusal, CancellationToken ct) =>
        answers.Phone(await ReadAsync(ct) is { } model ? model with { Refusal = refusal } : null);

    private async Task<PhoneModel?> ReadAsync(CancellationToken ct) => await reader.ReadAsync(answers.Actor, (await desk.RunAsync(answers.Actor, ct)).Card, ct);
}

/// <summary>Why a line did not do something, in words: the problem of that code, else what Twilio's number means.</summary>
internal sealed class LineWords(Texts texts)
{
    public string Of(Problem problem) => texts.Of(problem);

    public string Of(string code) => texts.Or($"line.{code}", texts.Or($"problem.{code}", texts["line.other", code]));
}
