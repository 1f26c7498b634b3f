namespace Callback.Telephony;

/// <summary>What a line itself says to somebody on the phone.</summary>
public static class SpokenSentences
{
    private static readonly Label RecordingNotice = new("This call is recorded to improve our service.", "为提升服务质量，本次通话将被录音。");

    private static readonly Label Apology = new(
        "We are sorry, we called you and could not put you through. We apologise for the trouble. Goodbye.", "非常抱歉，刚才未能为您接通客服，打扰您了，祝您生活愉快，再见。");

    private static readonly Label Test = new("This is a test call from your call-back system. The line works. Goodbye.", "这是回访系统的测试电话，线路工作正常，再见。");

    /// <param name="language">zh-CN or en.</param>
    public static string RecordingNoticeIn(string language) => RecordingNotice.In(language);

    /// <param name="language">zh-CN or en.</param>
    public static string ApologyIn(string language) => Apology.In(language);

    /// <param name="language">zh-CN or en.</param>
    public static string TestIn(string language) => Test.In(language);
}
